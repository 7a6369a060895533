using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.NodeRig.Nodes;

/// <summary>The real executable as a process. What it prints goes to a file; it doesn't outlive this process for long.</summary>
internal sealed class NodeProcess : IDisposable
{
    // The shell becomes the executable, so that its id is the node's.
    private const string RunIt = "exec dotnet \"$0\" \"$@\" >>\"$CXO_RIG_LOG\" 2>&1 </dev/null";

    private readonly Process _process;
    private readonly int _id;

    private NodeProcess(Process process)
    {
        _process = process;
        _id = process.Id;
    }

    /// <summary>The executable, as the build of this configuration made it.</summary>
    public static string Assembly { get; } = Path.Combine(Repository.Root, "src/CxOrchestrator.Host/bin", Configuration(), "net10.0/cxo.dll");

    /// <summary>True where it has ended.</summary>
    public bool Ended => _process.HasExited;

    /// <summary>Memory that it holds, in bytes; null where it has ended, or this was disposed of.</summary>
    public long? Resident
    {
        get
        {
            try
            {
                var line = File.ReadLines($"/proc/{_id}/status").FirstOrDefault(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
                return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Processor time that it has used; null where it has ended, or this was disposed of.</summary>
    public TimeSpan? Processor
    {
        get
        {
            try
            {
                return _process.TotalProcessorTime;
            }
            catch (Exception ended) when (ended is InvalidOperationException or Win32Exception)
            {
                return null;
            }
        }
    }

    /// <summary>Starts a verb and leaves it running.</summary>
    public static NodeProcess Start(string folder, string log, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", RunIt, Assembly, .. arguments]) { WorkingDirectory = folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["CXO_RIG_LOG"] = log;
        start.Environment["COLUMNS"] = "400";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var process = new NodeProcess(Process.Start(start)!);
        process.Watch();
        return process;
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as an operator does: SIGTERM.</summary>
    public async Task AskToStopAsync()
    {
        if (Ended)
            return;
        using var kill = Process.Start("kill", ["-TERM", _id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public void Kill()
    {
        if (_process.HasExited)
            return;
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    // A test run may be killed itself and leave nobody behind who sends mail for ever.
    private void Watch()
    {
        var (own, node) = (Environment.ProcessId, _id);
        var script = $"while kill -0 {own} && kill -0 {node}; do sleep 2; done; kill -0 {own} || kill -9 {node}";
        using var watcher = Process.Start("/bin/sh", ["-c", "(" + script + ") </dev/null >/dev/null 2>&1 &"])!;
        watcher.WaitForExit();
    }

    private static string Configuration() =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!);
}
