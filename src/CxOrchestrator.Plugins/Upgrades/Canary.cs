using System.Collections.Concurrent;
using CxOrchestrator.Plugins.Connections;
using CxOrchestrator.Plugins.Loading;

namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>The connector that a version on trial has made for one connection, and its share of the connection's calls.</summary>
internal sealed class Canary(LiveConnection live, LoadedPlugin plugin, Trial trial)
{
    // A share of each kind of work: one that is rare would else depend on where in the row it falls.
    private readonly ConcurrentDictionary<Type, ShareSpread> _spreads = new();

    /// <summary>The connector under its own guard.</summary>
    public LiveConnection Live => live;

    /// <summary>The version that made it.</summary>
    public LoadedPlugin Plugin => plugin;

    /// <summary>The trial that it belongs to.</summary>
    public Trial Trial => trial;

    /// <summary>True where it can be called for this work at all.</summary>
    public bool Stands(Type capability) =>
        trial.Decision is null && live.Can(capability) && live.Guard.Breaker.Refusal() is null;

    /// <summary>True where the next call of this work is one of its share.</summary>
    public bool Takes(Type capability) =>
        Stands(capability) && _spreads.GetOrAdd(capability, _ => new ShareSpread(trial.Share)).Next();
}
