using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.States;

/// <summary>
/// Writes changed states to the store in the background, a moment after the first change, so that a connection that flickers
/// costs one write. Runs only in the service: commands that merely look around keep nothing.
/// </summary>
internal sealed class StateKeeping(PluginHost host, IPluginStateStore store, Clocks clocks, ILogger<StateKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await host.Board.ChangedAsync().WaitAsync(stoppingToken);
                await Task.Delay(Moment, clocks.Machine, stoppingToken);
                if (!await SaveAsync(stoppingToken))
                    await Task.Delay(AfterFailure, clocks.Machine, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is saved while stopping.
        }
    }

    private async Task<bool> SaveAsync(CancellationToken cancellation)
    {
        var unsaved = host.Board.TakeUnsaved();
        var saved = 0;
        try
        {
            foreach (var (key, report) in unsaved)
            {
                await store.SaveAsync(key, report, cancellation);
                saved++;
            }

            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            log.LogWarning(failure, "The states of plugins and connections could not be saved; it is tried again.");
            return false;
        }
        finally
        {
            host.Board.PutBack(unsaved.Skip(saved).Select(one => one.Key));
        }
    }
}
