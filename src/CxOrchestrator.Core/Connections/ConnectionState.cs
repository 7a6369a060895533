using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.Connections;

/// <summary>Where a plugin or a connection stands; the same words everywhere.</summary>
public enum ConnectionState
{
    /// <summary>Found, not looked at yet.</summary>
    Discovered,

    /// <summary>Its manifest or its assemblies do not fit this host.</summary>
    Incompatible,

    /// <summary>Switched off by an admin.</summary>
    Disabled,

    /// <summary>Its settings are not valid.</summary>
    Misconfigured,

    /// <summary>Works.</summary>
    Ready,

    /// <summary>Works badly: calls fail or are refused for now.</summary>
    Degraded,

    /// <summary>Taken out of use because it kept failing; tried again after a while, or by an admin.</summary>
    Quarantined,
}

/// <summary>A state with its reason, for an operator.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">Why, in words; empty for Ready.</param>
/// <param name="Since">Since when it stands so.</param>
/// <param name="WhatToDo">What the admin should do; empty where nothing.</param>
public sealed record StateReport(ConnectionState State, string Reason, DateTimeOffset Since, string WhatToDo);

/// <summary>A plugin as the host found it.</summary>
/// <param name="Id">Its id, or its folder's name where the manifest could not be read.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Version">Its version, or empty.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Capabilities">What it claims.</param>
/// <param name="Report">Where it stands.</param>
public sealed record PluginStatus(
    string Id, string Name, string Version, string Folder, IReadOnlyList<Capability> Capabilities, StateReport Report);

/// <summary>A connection as the host runs it.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="PluginId">The plugin it uses.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Report">Where it stands.</param>
public sealed record ConnectionStatus(
    string Name, string PluginId, IReadOnlyList<Capability> Capabilities, StateReport Report);
