using System.Collections.Concurrent;
using CxOrchestrator.Core.Connections;

namespace CxOrchestrator.Plugins.Tests;

/// <summary>A store of states that counts what is written.</summary>
internal sealed class InMemoryStates : IPluginStateStore
{
    public ConcurrentDictionary<string, StateReport> Kept { get; } = new();

    public int Writes { get; private set; }

    public int FailuresToCome { get; set; }

    public Task<IReadOnlyDictionary<string, StateReport>> LoadAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, StateReport>>(new Dictionary<string, StateReport>(Kept));

    public Task SaveAsync(string key, StateReport report, CancellationToken cancellation)
    {
        if (FailuresToCome-- > 0)
            throw new IOException("the disk is full");
        Kept[key] = report;
        Writes++;
        return Task.CompletedTask;
    }
}
