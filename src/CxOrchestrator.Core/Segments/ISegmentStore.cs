using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Segments;

/// <summary>Keeps who was in the segments of the CRM that journeys watch, so that coming and leaving can be told. One node at a time reads a segment.</summary>
public interface ISegmentStore
{
    /// <summary>The segments that are watched, in order of name.</summary>
    Task<IReadOnlyList<SegmentWatch>> WatchesAsync(CancellationToken cancellation);

    /// <summary>Stores how a segment stands; new, or as it was.</summary>
    Task PutAsync(SegmentWatch watch, CancellationToken cancellation);

    /// <summary>Which of these customers are known to be in a segment.</summary>
    Task<IReadOnlySet<Guid>> AmongAsync(string segment, IReadOnlyCollection<Guid> customers, CancellationToken cancellation);

    /// <summary>Who is known to be in a segment, in order of key after one; at most so many.</summary>
    Task<IReadOnlyList<Guid>> MembersAsync(string segment, Guid? after, int limit, CancellationToken cancellation);

    /// <summary>Stores who came and who left, with the events that tell it (each once, by source and source id), in one transaction.</summary>
    Task CommitAsync(SegmentStep step, CancellationToken cancellation);

    /// <summary>Forgets members of a segment that nobody watches any more, at most so many, and the segment with the last of them; gives how many.</summary>
    Task<int> ForgetAsync(string segment, int limit, CancellationToken cancellation);
}

/// <summary>How a watched segment stands.</summary>
/// <param name="Segment">Its name in the CRM.</param>
/// <param name="Round">How often its reading was begun; part of the ids of what is told.</param>
/// <param name="Known">Whether it was read to the end once: before that nobody comes or leaves.</param>
/// <param name="ReadAt">When it was last read to the end, in machine time; null for never.</param>
public sealed record SegmentWatch(string Segment, int Round, bool Known, DateTimeOffset? ReadAt);

/// <summary>A page of comings and leavings.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Came">Who is in it from now on.</param>
/// <param name="Left">Who isn't.</param>
/// <param name="Events">What tells it.</param>
public sealed record SegmentStep(string Segment, IReadOnlyList<Guid> Came, IReadOnlyList<Guid> Left, IReadOnlyList<CustomerEvent> Events);
