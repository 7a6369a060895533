using System.Text.Json;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.Events;

/// <summary>A fact about a customer. The same source and source id is the same event.</summary>
public sealed record CustomerEvent
{
    /// <summary>Our key, in order of reception.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who tells it: a source or a connection; <c>cxo</c> for our own.</summary>
    public required string Source { get; init; }

    /// <summary>Its id there.</summary>
    public required string SourceId { get; init; }

    /// <summary>For example <c>order.delivered</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The customer's id at the source, as it came.</summary>
    public required string Subject { get; init; }

    /// <summary>The customer, where one is known by that id.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When we stored it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What belongs to it: a JSON object.</summary>
    public JsonElement Data { get; init; } = Json.EmptyObject;

    /// <summary>The delivery that it is about (an answer, a bounce, a reply), or null.</summary>
    public Guid? DeliveryId { get; init; }

    /// <summary>The enrolment whose step made it, or null; left out of a commit that refuses that enrolment or its move.</summary>
    public Guid? EnrolmentId { get; init; }
}

/// <summary>The types of event that the product knows by itself.</summary>
public static class EventTypes
{
    /// <summary>All that we tell ourselves.</summary>
    public static IReadOnlySet<string> Own { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        SurveyAnswered, DeliveryAccepted, DeliveryFailed, CaseOpened, CaseSolved, CaseReopened, ConsentWithdrawn, ConsentGiven,
        DateReached, CustomerSilent, SegmentEntered, SegmentLeft,
    };

    /// <summary>What connections may always tell, and the host itself acts on: the types of <see cref="ServiceFacts"/>.</summary>
    public static IReadOnlySet<string> ToldByServices { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        ServiceFacts.MessageSent, ServiceFacts.MessageDelivered, ServiceFacts.MessageRead, ServiceFacts.MessageFailed, ServiceFacts.MessageDelayed, ServiceFacts.MessageReplied,
        ServiceFacts.ContactOptedOut, ServiceFacts.ContactOptedIn, ServiceFacts.ContactComplained, ServiceFacts.CrmChanged, ServiceFacts.TicketChanged,
    };

    /// <summary>The source of our own events.</summary>
    public const string OwnSource = "cxo";

    /// <summary>
    /// A customer has answered a survey; data: survey, score, comment, revision, previous_score (of a change), invitation,
    /// language, touchpoint, journey.
    /// </summary>
    public const string SurveyAnswered = "survey.answered";

    /// <summary>A message was accepted by the service; data: message, channel.</summary>
    public const string DeliveryAccepted = "delivery.accepted";

    /// <summary>A message was refused, bounced or expired; data: message, channel, reason.</summary>
    public const string DeliveryFailed = "delivery.failed";

    /// <summary>A case was opened; data: case, kind.</summary>
    public const string CaseOpened = "case.opened";

    /// <summary>A case was put right; data: case, kind, ticket.</summary>
    public const string CaseSolved = "case.solved";

    /// <summary>A case that was put right is open again; data: case, kind, ticket.</summary>
    public const string CaseReopened = "case.reopened";

    /// <summary>A customer has withdrawn consent; data: channel, purpose.</summary>
    public const string ConsentWithdrawn = "consent.withdrawn";

    /// <summary>A customer has given consent (again); data: channel, purpose.</summary>
    public const string ConsentGiven = "consent.given";

    /// <summary>A date of a customer has come, as a journey's trigger counts it; data: journey, field, date.</summary>
    public const string DateReached = "date.reached";

    /// <summary>Nothing of a type was heard of a customer for as long as a journey's trigger says; data: journey, of, since.</summary>
    public const string CustomerSilent = "customer.silent";

    /// <summary>A customer has come into a segment of the CRM; data: segment; for those who were in it before a journey asked, journey too.</summary>
    public const string SegmentEntered = "segment.entered";

    /// <summary>A customer is no longer in a segment of the CRM; data: segment.</summary>
    public const string SegmentLeft = "segment.left";

    /// <summary>What the type of a change of a customer's field begins with; the field's name follows. Data: field, from, to, by.</summary>
    public const string ChangedPrefix = "customer.changed.";

    /// <summary>The type of a change of a field, for example <c>customer.changed.plan</c>.</summary>
    public static string Changed(string field) => ChangedPrefix + field;

    /// <summary>The field whose change a type tells, or null where it tells none.</summary>
    public static string? ChangedField(string type) =>
        type.StartsWith(ChangedPrefix, StringComparison.Ordinal) && type.Length > ChangedPrefix.Length ? type[ChangedPrefix.Length..] : null;

    /// <summary>Whether we alone tell events of this type.</summary>
    public static bool IsOwn(string type) => Own.Contains(type) || ChangedField(type) is not null;
}

/// <summary>What the processing of an event by one journey (or by none) came to.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Time">When it was decided.</param>
/// <param name="CustomerId">The customer, where known.</param>
/// <param name="Journey">The journey's key; empty where no journey listens to the type.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Reason">Why, in words, with the values that decided.</param>
/// <param name="EnrolmentId">The enrolment that began, woke or ended.</param>
public sealed record EventDecision(
    Guid EventId, DateTimeOffset Time, Guid? CustomerId, string Journey, EventOutcome Outcome, string Reason, Guid? EnrolmentId);

/// <summary>What an event did to one journey.</summary>
public enum EventOutcome
{
    /// <summary>An enrolment began.</summary>
    Enrolled,

    /// <summary>Not enrolled: the condition of the trigger is false, or could not be evaluated.</summary>
    ConditionFalse,

    /// <summary>Not enrolled: the re-entry rule forbids it.</summary>
    ReentryRefused,

    /// <summary>Not enrolled: nobody is known by the event's subject.</summary>
    UnknownCustomer,

    /// <summary>Not enrolled: the event is too old.</summary>
    TooOld,

    /// <summary>Not enrolled: no journey begins with this type.</summary>
    NoJourney,

    /// <summary>Woke an enrolment that waited for it.</summary>
    Woke,

    /// <summary>Ended an enrolment by an exit rule.</summary>
    Exited,

    /// <summary>Reached the goal of an enrolment.</summary>
    GoalReached,
}
