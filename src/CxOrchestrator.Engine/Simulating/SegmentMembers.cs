namespace CxOrchestrator.Engine.Simulating;

/// <summary>Who is in the segments of the CRM, by their ids there: known before a simulation begins, and the same throughout.</summary>
/// <param name="Segments">Ids by the segment's name.</param>
public sealed record SegmentMembers(IReadOnlyDictionary<string, IReadOnlyList<string>> Segments)
{
    /// <summary>No segment.</summary>
    public static SegmentMembers None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());
}
