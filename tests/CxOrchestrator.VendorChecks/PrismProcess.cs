using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.VendorChecks;

/// <summary>The running command; ended by its own id.</summary>
internal sealed partial class PrismProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PrismProcess(Process process) => _process = process;

    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    public static async Task<PrismProcess> StartAsync(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Needs.Command("node")) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Needs.Prism() };
        string[] all = [Path.Combine("node_modules", "@stoplight", "prism-cli", "dist", "index.js"), arguments[0], "-h", "127.0.0.1", "-p", "0", .. arguments.Skip(1)];
        foreach (var argument in all)
            start.ArgumentList.Add(argument);
        var prism = new PrismProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        await prism.ReadyAsync();
        return prism;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"Prism ended by itself:\n{Output()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            Url = await _listening.Task.WaitAsync(StartsWithin);
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"Prism did not start: {failure.Message}\n{Output()}", failure);
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match)
            _listening.TrySetResult(new Uri(match.Groups[1].Value + "/"));
    }

    private string Output()
    {
        lock (_output)
            return _output.ToString();
    }

    [GeneratedRegex(@"Prism is listening on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
