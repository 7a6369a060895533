using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Live;

/// <summary>
/// Takes up what is changed while the service runs (installed plugins, connections of their own files) and ends trials. Runs only
/// in the service: commands that merely look around change nothing.
/// </summary>
internal sealed class LiveChanges(PluginHost host, ILogger<LiveChanges> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        host.Serve();
        await host.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = "";
        using var watch = new FolderWatch(host.WatchedFolders, host.Changes.Call, log);
        try
        {
            while (true)
            {
                await host.Changes.SleepAsync(Every, stoppingToken);
                told = await TakeUpAsync(told, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task<string> TakeUpAsync(string told, CancellationToken stopping)
    {
        try
        {
            await host.TakeUpChangesAsync(stopping);
            return "";
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            // What runs goes on as it is; the same trouble is told once.
            if (failure.Message != told)
                log.LogError(failure, "Changes of plugins or connections could not be taken up; what runs goes on, and it is tried again.");
            return failure.Message;
        }
    }
}
