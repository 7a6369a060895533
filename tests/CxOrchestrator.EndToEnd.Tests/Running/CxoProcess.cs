using System.Diagnostics;
using System.Text;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Running;

/// <summary>The real executable as a process of its own, as an operator runs it.</summary>
internal sealed class CxoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private CxoProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The executable, as the build of this configuration made it.</summary>
    public static string Assembly { get; } = Path.Combine(
        Repository.Root, "src/CxOrchestrator.Host/bin", Configuration(), "net10.0/cxo.dll");

    /// <summary>All that it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>True where it has ended.</summary>
    public bool Ended => _process.HasExited;

    /// <summary>Starts a verb and leaves it running.</summary>
    public static CxoProcess Start(string folder, params string[] arguments) => new(StartInfo(folder, arguments));

    /// <summary>Runs a verb to its end: exit code and output.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments)
    {
        await using var process = Start(folder, arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process._process.WaitForExitAsync(limit.Token);
        return (process._process.ExitCode, process.Output);
    }

    /// <summary>Waits until its pages answer.</summary>
    public async Task ListeningAsync(HttpClient http, Uri url)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < StartLimit)
        {
            if (Ended)
                throw new InvalidOperationException($"cxo ended with exit code {_process.ExitCode} instead of listening:\n{Output}");
            try
            {
                using var answer = await http.GetAsync(new Uri(url, "/health"));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        throw new TimeoutException($"cxo does not listen on {url}:\n{Output}");
    }

    /// <summary>Ends it as a power cut would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as an operator does: SIGTERM.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await EndedAsync();
    }

    /// <summary>Makes it crash: SIGABRT.</summary>
    public async Task<int> AbortAsync()
    {
        // The runtime takes the first one for its own abort(), puts the default back and goes on.
        while (!Ended)
        {
            await SignalAsync("ABRT");
            await Task.Delay(100);
        }

        return await EndedAsync();
    }

    /// <summary>Waits until it has ended by itself, and all that it printed has come.</summary>
    public async Task<int> EndedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Assembly);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Wide enough that no table breaks a key in two.
        start.Environment["COLUMNS"] = "400";
        start.Environment["NO_COLOR"] = "1";
        // Tests that make it crash want what it prints, and no file with its memory.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }

    private static string Configuration() =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!);
}
