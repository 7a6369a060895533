using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Loading;
using CxOrchestrator.Plugins.Secrets;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Live;

/// <summary>Frees connectors that are out of use, and unloads versions that nobody needs any more, without holding anybody up.</summary>
internal sealed class Retirement(TimeProvider machine, ExceptionText exceptions, ILogger log)
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _going = [];

    /// <summary>How many go on.</summary>
    public int Going
    {
        get
        {
            lock (_gate)
                return _going.Count;
        }
    }

    /// <summary>
    /// Begins: calls that are in the connectors end first, each at its guard's time limit at the latest; then they are closed, and
    /// the versions that made them are unloaded.
    /// </summary>
    /// <param name="retired">Connectors that get no more calls.</param>
    /// <param name="versions">Versions that have made some of them and no others.</param>
    /// <param name="afterwards">What is done when they are closed.</param>
    public void Begin(IReadOnlyList<LiveConnection> retired, IReadOnlyList<LoadedPlugin> versions, Action afterwards)
    {
        var going = RetireAsync(retired, versions, afterwards);
        lock (_gate)
            _going.Add(going);
        _ = going.ContinueWith(
            over =>
            {
                lock (_gate)
                    _going.Remove(over);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Closes a connector; what it does wrong then is told in the log.</summary>
    public async Task CloseAsync(LiveConnection live)
    {
        try
        {
            var bounded = new Bounded(CloseLimit, machine);
            var (returned, _) = await bounded.RunAsync(
                async () =>
                {
                    await live.Connector.DisposeAsync();
                    return true;
                },
                late: null,
                CancellationToken.None);
            if (!returned)
                log.LogWarning("The connection {Name} did not close within {Limit}.", live.Name, bounded.Limit);
        }
        catch (Exception broken)
        {
            log.LogWarning("The connection {Name} failed to close: {Reason}", live.Name, exceptions.Of(broken));
        }
    }

    private async Task RetireAsync(IReadOnlyList<LiveConnection> retired, IReadOnlyList<LoadedPlugin> versions, Action afterwards)
    {
        await Task.WhenAll(retired.Select(async live =>
        {
            await live.Gate.CloseAsync();
            live.Guard.GiveUpStuckCalls();
            await CloseAsync(live);
        }));
        afterwards();
        foreach (var version in versions)
        {
            version.Context.Unload();
            log.LogInformation("{Id} {Version} is unloaded.", version.Manifest.Id, version.Manifest.Version);
        }
    }
}
