using CxOrchestrator.Core;

namespace CxOrchestrator.Engine.Running;

/// <summary>This process as the one that claims work.</summary>
public sealed class EngineNode
{
    private readonly Clocks _clocks;

    /// <summary>Takes the name from the options, or makes one that no other process has.</summary>
    public EngineNode(Clocks clocks, EngineOptions options)
    {
        _clocks = clocks;
        Name = options.Node.Length > 0 ? options.Node : $"{Environment.MachineName}/{Ids.New(clocks.MachineNow):N}";
    }

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>A lease from now on.</summary>
    public Lease Lease(TimeSpan length)
    {
        var now = _clocks.MachineNow;
        return new Lease(Name, now, now + length);
    }
}
