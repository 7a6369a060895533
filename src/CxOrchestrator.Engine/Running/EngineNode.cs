using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Engine.Running;

/// <summary>This process as the one that claims work.</summary>
public sealed class EngineNode
{
    private readonly Clocks _clocks;

    /// <summary>Takes who it is from the host, or the name from the options, or makes one that no other process has.</summary>
    public EngineNode(Clocks clocks, EngineOptions options, NodeIdentity? identity = null)
    {
        _clocks = clocks;
        Life = new NodeLease(clocks, options);
        Identity = identity ?? Made(options.Node.Length > 0 ? options.Node : $"{Environment.MachineName}/{Ids.New(clocks.MachineNow):N}");
    }

    /// <summary>Who it is.</summary>
    public NodeIdentity Identity { get; }

    /// <summary>What stands in the rows that it holds.</summary>
    public string Name => Identity.Id;

    /// <summary>Its own lease.</summary>
    public NodeLease Life { get; }

    /// <summary>A lease of work from now on.</summary>
    public Lease Lease(TimeSpan length)
    {
        var now = _clocks.MachineNow;
        return new Lease(Name, now, now + length);
    }

    private static NodeIdentity Made(string name) => new() { Id = name, Name = name, Machine = Environment.MachineName, Process = Environment.ProcessId };
}
