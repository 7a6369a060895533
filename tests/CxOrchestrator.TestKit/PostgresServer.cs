using System.Diagnostics;

namespace CxOrchestrator.TestKit;

/// <summary>
/// A PostgreSQL server of this test run's own, in a folder of its own, reached by a socket in that folder alone: no port, nobody else's data. It doesn't
/// sync its disk, for nothing in it is kept, and it orders texts as people do, so that what relies on the order of bytes is found out.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer> OfThisRun = new(() => new PostgresServer(Needs.Postgres()), LazyThreadSafetyMode.ExecutionAndPublication);

    private readonly string _commands;
    private readonly string _folder;
    private int _databases;

    private PostgresServer(string commands)
    {
        _commands = commands;
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

        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
    }

    /// <summary>The server, started when first asked for; ends with this process.</summary>
    public static PostgresServer Running => OfThisRun.Value;

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Connects to a database of this server.</summary>
    public string ConnectionTo(string database) => $"Host={_folder};Database={database};Username=cxo";

    /// <summary>Makes an empty database and gives the connection string for it.</summary>
    public string NewDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Run(Path.Combine(_commands, "createdb"), "-h", _folder, "-U", "cxo", name);
        return ConnectionTo(name);
    }

    /// <summary>Ends the server as a power cut would, and starts it again.</summary>
    public void CrashAndStart()
    {
        Server("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Start();
    }

    private void Start() => Server(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"),
        "-o", $"-c listen_addresses= -c unix_socket_directories={_folder} -c fsync=off -c full_page_writes=off -c max_connections=200", "start");

    private void End()
    {
        try
        {
            if (File.Exists(Path.Combine(Data, "postmaster.pid")))
                Server("pg_ctl", "-D", Data, "-m", "immediate", "stop");
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            // The machine cleans its folder of temporary files; a test run doesn't fail for it.
        }
    }

    private void Server(string command, params string[] arguments)
    {
        var path = Path.Combine(_commands, command);
        // The server refuses to run as root.
        if (IsRoot)
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments]);
        else
            Run(path, arguments);
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
