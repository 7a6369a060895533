using CxOrchestrator.Core.Segments;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Segments;

/// <summary>A reading of a segment that is under way on this node.</summary>
internal sealed class SegmentRound(SegmentWatch watch, Turn turn)
{
    /// <summary>The segment as it stood when the reading began.</summary>
    public SegmentWatch Watch { get; } = watch;

    /// <summary>This node's turn at it.</summary>
    public Turn Turn { get; } = turn;

    /// <summary>The next page; null for the first.</summary>
    public string? Cursor { get; set; }

    /// <summary>Who was on the pages so far.</summary>
    public HashSet<Guid> Seen { get; } = [];
}
