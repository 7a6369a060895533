using CxOrchestrator.Core.Connections;

namespace CxOrchestrator.Plugins.States;

/// <summary>Where something stands, before anybody asks since when.</summary>
internal sealed record Verdict(ConnectionState State, string Reason, string WhatToDo)
{
    /// <summary>It works.</summary>
    public static Verdict Ready { get; } = new(ConnectionState.Ready, "", "");

    /// <summary>It was found, and not looked at yet.</summary>
    public static Verdict Discovered { get; } = new(ConnectionState.Discovered, "", "");

    /// <summary>It does not fit this host; every fault is told.</summary>
    public static Verdict Incompatible(IEnumerable<string> faults, string whatToDo) =>
        new(ConnectionState.Incompatible, string.Join("; ", faults), whatToDo);

    /// <summary>Its configuration has faults; every one is told.</summary>
    public static Verdict Misconfigured(IEnumerable<string> faults, string whatToDo) =>
        new(ConnectionState.Misconfigured, string.Join("; ", faults), whatToDo);
}
