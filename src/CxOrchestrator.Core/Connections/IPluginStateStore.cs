namespace CxOrchestrator.Core.Connections;

/// <summary>Keeps where plugins and connections stand, so that quarantine outlives a restart. Each node keeps what it has found itself.</summary>
public interface IPluginStateStore
{
    /// <summary>All that this node has kept, by key: <c>plugin:id</c> or <c>connection:name</c>.</summary>
    Task<IReadOnlyDictionary<string, StateReport>> LoadAsync(CancellationToken cancellation);

    /// <summary>What this node has kept, and all others that live.</summary>
    async Task<IReadOnlyList<KeptState>> LoadOfAllAsync(CancellationToken cancellation) =>
        [.. (await LoadAsync(cancellation)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new KeptState("", one.Key, one.Value))];

    /// <summary>Keeps one.</summary>
    Task SaveAsync(string key, StateReport report, CancellationToken cancellation);
}
