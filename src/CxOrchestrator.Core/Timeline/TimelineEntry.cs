namespace CxOrchestrator.Core.Timeline;

/// <summary>What an entry of the timeline is.</summary>
public enum TimelineKind
{
    /// <summary>Something that happened to the customer.</summary>
    Event,

    /// <summary>A journey began, ended, or reached its goal.</summary>
    Enrolment,

    /// <summary>A message.</summary>
    Delivery,

    /// <summary>An answer.</summary>
    Response,

    /// <summary>A case.</summary>
    Case,

    /// <summary>A change written to the CRM.</summary>
    WriteBack,

    /// <summary>Consent given or withdrawn.</summary>
    Consent,
}

/// <summary>One thing in a customer's history, whatever the channel.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Title">One line for people, for example <c>nps-invitation</c>.</param>
/// <param name="State">Where it stands, for example <c>accepted</c>.</param>
/// <param name="Detail">More, for people: the reason, the comment.</param>
/// <param name="Journey">The journey it belongs to, or empty.</param>
/// <param name="Channel">The channel, or empty.</param>
/// <param name="Score">The score of an answer, or null.</param>
public sealed record TimelineEntry(
    DateTimeOffset At, TimelineKind Kind, string Title, string State, string Detail, string Journey, string Channel, int? Score);

/// <summary>Reads all that is stored about one customer, in order of time.</summary>
public interface ITimelineStore
{
    /// <summary>Newest first; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<TimelineEntry>> ReadAsync(Guid customerId, int limit, CancellationToken cancellation);
}
