using CxOrchestrator.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Running;

/// <summary>
/// Runs all loops side by side until the host stops; then each ends with the batch it is in. What a process that is gone had begun is taken over first.
/// </summary>
internal sealed class EngineHost(
    IEnumerable<IPass> passes, IEnumerable<ITakeOver> takeOver, Nudges nudges, Clocks clocks, EngineOptions options, ILoggerFactory logs) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var store in takeOver)
            await store.EndLeasesAsync(stoppingToken);
        var log = logs.CreateLogger<EngineHost>();
        await Task.WhenAll(passes.Select(pass => new PassLoop(pass, nudges, clocks, options, log).RunAsync(stoppingToken)));
    }
}
