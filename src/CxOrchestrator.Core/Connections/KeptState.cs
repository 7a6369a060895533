namespace CxOrchestrator.Core.Connections;

/// <summary>Where a plugin or a connection stands as one node has found it.</summary>
/// <param name="Node">The node's name; empty where one process has the store to itself.</param>
/// <param name="Key"><c>plugin:id</c> or <c>connection:name</c>.</param>
/// <param name="Report">Where it stands.</param>
public sealed record KeptState(string Node, string Key, StateReport Report);
