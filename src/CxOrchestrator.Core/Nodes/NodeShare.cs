namespace CxOrchestrator.Core.Nodes;

/// <summary>
/// This node's part of what all nodes together may do, such as calls a second to a service: one by the number of nodes that live. Never more than is left by the others:
/// a newcomer has none until every other has counted it or has lost its lease, and a node that is gone counts until its own lease has ended.
/// </summary>
public sealed class NodeShare
{
    private double _part = 1;

    /// <summary>From 0 to 1; 1 where nobody shares.</summary>
    public double Part
    {
        get => Volatile.Read(ref _part);
        set => Volatile.Write(ref _part, Math.Clamp(value, 0, 1));
    }
}
