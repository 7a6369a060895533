using System.Diagnostics;
using System.Globalization;

namespace CxOrchestrator.TestKit;

/// <summary>
/// A PostgreSQL server of this test run's own, in a folder of its own: nobody else's data. It orders texts as people do, so that what relies on the order
/// of bytes is found out. The shared one is reached by a socket in its folder alone and doesn't sync its disk, for nothing in it is kept; a durable one
/// listens on a free port of loopback and syncs at every commit, as a company's does.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> OfThisRun = new(() => new PostgresServer(Needs.Postgres(), port: null), LazyThreadSafetyMode.ExecutionAndPublication);

    private readonly string _commands;
    private readonly string _folder;
    private readonly int? _port;
    private int _databases;

    private PostgresServer(string commands, int? port)
    {
        _commands = commands;
        _port = port;
        // Short, because a socket's path may have some hundred letters; open, because the server runs as another user than root.
        _folder = Directory.CreateTempSubdirectory("cxo-pg-").FullName;
        if (IsRoot)
            Run("chown", "postgres", _folder);
        try
        {
            Server("initdb", "-D", Data, "-U", "cxo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync");
            Start();
        }
        catch
        {
            End();
            throw;
        }

        Watch();
    }

    /// <summary>More settings for servers that are started from now on, as <c>-c name=value</c>; none by default.</summary>
    public static string Settings { get; set; } = "";

    /// <summary>The server, started when first asked for; ends with this process.</summary>
    public static PostgresServer Running => OfThisRun.Value;

    /// <summary>Another server, that keeps what it has acknowledged through a crash of its machine too; ends when it is disposed of, or with this process.</summary>
    public static PostgresServer Durable() => new(Needs.Postgres(), KeptPort.Next());

    /// <summary>The id of its first process; the others are its children.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Connects to a database of this server.</summary>
    public string ConnectionTo(string database) =>
        _port is { } port ? $"Host=127.0.0.1;Port={port};Database={database};Username=cxo" : $"Host={_folder};Database={database};Username=cxo";

    /// <summary>Makes an empty database and gives the connection string for it.</summary>
    public string NewDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Run(Path.Combine(_commands, "createdb"), "-h", _folder, "-p", Port, "-U", "cxo", name);
        return ConnectionTo(name);
    }

    /// <summary>Ends the server as a power cut would, and starts it again.</summary>
    public void CrashAndStart()
    {
        Server("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Start();
    }

    /// <inheritdoc/>
    public void Dispose() => End();

    // The port names the socket's file too.
    private string Port => (_port ?? 5432).ToString(CultureInfo.InvariantCulture);

    // It gives up after a minute unless told: to do again what a crash left in the log of a busy server took 55 s with max_wal_size of 4 GB.
    private void Start() => Server(
        "pg_ctl", "-D", Data, "-w", "-t", "600", "-l", Path.Combine(_folder, "log"),
        "-o", $"{(_port is null ? "-c listen_addresses= -c fsync=off -c full_page_writes=off" : "-c listen_addresses=127.0.0.1")} -p {Port}"
            + $" -c unix_socket_directories={_folder} -c max_connections=200 {Settings}", "start");

    private void End()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            Server("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Run("rm", "-rf", _folder);
    }

    // A test run may be killed and has a moment only to end in: a shell waits for the end of this process, whatever it is, then ends the server by the id in
    // its own folder and takes the folder away.
    private void Watch()
    {
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var stop = string.Join(' ', AsOwner("pg_ctl", "-D", Data, "-m", "immediate", "stop"));
        var script = $"while kill -0 {process} 2>/dev/null; do sleep 0.5; done; {stop}; rm -rf '{_folder}'";
        using var watcher = Process.Start("/bin/sh", ["-c", "(" + script + ") </dev/null >/dev/null 2>&1 &"])!;
        watcher.WaitForExit();
    }

    private void Server(string command, params string[] arguments)
    {
        var whole = AsOwner(command, arguments);
        Run(whole[0], whole[1..]);
    }

    // The server refuses to run as root.
    private string[] AsOwner(string command, params string[] arguments)
    {
        string[] whole = [Path.Combine(_commands, command), .. arguments];
        return IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. whole] : whole;
    }

    private static void Run(string command, params string[] arguments)
    {
        // What they say goes to a file: a server that is started keeps a pipe open for as long as it runs.
        var said = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/", ArgumentList = { "-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", said, command } };
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}: {File.ReadAllText(said)}");
        }
        finally
        {
            File.Delete(said);
        }
    }
}
