namespace CxOrchestrator.Core.Connections;

/// <summary>Keeps where plugins and connections stand, so that quarantine outlives a restart.</summary>
public interface IPluginStateStore
{
    /// <summary>All that is kept, by key: <c>plugin:id</c> or <c>connection:name</c>.</summary>
    Task<IReadOnlyDictionary<string, StateReport>> LoadAsync(CancellationToken cancellation);

    /// <summary>Keeps one.</summary>
    Task SaveAsync(string key, StateReport report, CancellationToken cancellation);
}
