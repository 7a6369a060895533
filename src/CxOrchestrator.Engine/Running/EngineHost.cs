using CxOrchestrator.Core;
using CxOrchestrator.Engine.Dispatch;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Running;

/// <summary>
/// Runs all loops side by side until the host stops; then each ends with the batch it is in, and what is still held is handed on. The node tells all the while that it lives.
/// </summary>
internal sealed class EngineHost(
    IEnumerable<IPass> passes, SendRelays relays, NodeHeart heart, EngineNode node, Nudges nudges, Clocks clocks, EngineOptions options, ILoggerFactory logs) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await heart.RegisterAsync(stoppingToken);
        var log = logs.CreateLogger<EngineHost>();
        using var end = new CancellationTokenSource();
        var beats = heart.RunAsync(stoppingToken, end.Token);
        relays.Begin();
        await using var stopping = stoppingToken.Register(relays.Stop);
        try
        {
            await Task.WhenAll(passes.Select(pass => new PassLoop(pass, nudges, heart, node, clocks, options, log).RunAsync(stoppingToken)));
        }
        finally
        {
            try
            {
                await relays.EndAsync();
            }
            finally
            {
                await end.CancelAsync();
                await beats;
                await heart.StopAsync();
            }
        }
    }
}
