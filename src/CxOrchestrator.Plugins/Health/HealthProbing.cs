using CxOrchestrator.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Health;

/// <summary>Probes all connections again and again while the service runs; a probe is also the trial of a breaker that was open.</summary>
internal sealed class HealthProbing(PluginHost host, Clocks clocks, ILogger<HealthProbing> log) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await host.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(host.ProbeEvery, clocks.Machine);
        try
        {
            do
            {
                await ProbeAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        try
        {
            await host.ProbeAllAsync(stopping);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(failure, "Probing the connections failed; it is tried again.");
        }
    }
}
