using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Ledger;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be sent when due; also where it was deferred (<see cref="Delivery.Attempts"/> &gt; 0 or a reason says so).</summary>
    Planned,

    /// <summary>A node decides and renders; nothing has left. A lost lease makes it planned again.</summary>
    Claimed,

    /// <summary>Committed before the first byte leaves. A lost lease makes it unknown.</summary>
    HandedOver,

    /// <summary>The service has it.</summary>
    Accepted,

    /// <summary>The service refused it for good.</summary>
    Rejected,

    /// <summary>Certainly not sent; tried again when due.</summary>
    Deferred,

    /// <summary>May have been sent; never sent again by itself unless the service honours the key.</summary>
    Unknown,

    /// <summary>Not sent, for a reason that will not change: no consent, no address, suppressed, template error.</summary>
    Suppressed,

    /// <summary>Not sent in time.</summary>
    Expired,
}

/// <summary>One message to one customer for one step occurrence: the row of the contact ledger.</summary>
public sealed record Delivery
{
    /// <summary>Our key; its text form (32 hex digits) is the idempotency key and part of the Message-ID.</summary>
    public required Guid Id { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The enrolment. Unique together with step and occurrence.</summary>
    public required Guid EnrolmentId { get; init; }

    /// <summary>The step's id.</summary>
    public required string StepId { get; init; }

    /// <summary>Which visit of the step it belongs to, from 1.</summary>
    public required int Occurrence { get; init; }

    /// <summary>The journey's key.</summary>
    public required string Journey { get; init; }

    /// <summary>The message's name.</summary>
    public required string Message { get; init; }

    /// <summary>What it is for.</summary>
    public required Purpose Purpose { get; init; }

    /// <summary>Where in the company's dealings with the customer it belongs.</summary>
    public string Touchpoint { get; init; } = "";

    /// <summary>Channels in the order of preference. A channel whose service has refused it (<see cref="Refused"/>) is passed over.</summary>
    public required IReadOnlyList<Channel> Via { get; init; }

    /// <summary>Its journey's priority when it was planned; see <see cref="Journeys.Priority"/>.</summary>
    public int Priority { get; init; } = Journeys.Priority.Normal;

    /// <summary>The calendar in whose business hours it goes, by name; null for any time.</summary>
    public string? SendIn { get; init; }

    /// <summary>In which lane it waits for its turn to be sent.</summary>
    public Lane Lane { get; init; } = Lane.Personal;

    /// <summary>The invitation whose link it carries, or null.</summary>
    public Guid? InvitationId { get; init; }

    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; init; } = DeliveryState.Planned;

    /// <summary>When it is due (again), in customers' time; null where it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it expires, in customers' time; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The channel that was chosen at hand-over.</summary>
    public Channel? SentVia { get; init; }

    /// <summary>The connection that was called.</summary>
    public string? Connection { get; init; }

    /// <summary>The service's own id.</summary>
    public string? ProviderId { get; init; }

    /// <summary>When it was last handed over; null where it never was.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    /// <summary>The address that it was last handed over to, by which the service knows it; null where it never was, or where it isn't known.</summary>
    public string? HandedOverTo { get; init; }

    /// <summary>How far it has come since it was accepted.</summary>
    public Engagement Engagement { get; init; }

    /// <summary>When it came so far, as the service says.</summary>
    public DateTimeOffset? EngagedAt { get; init; }

    /// <summary>How often it was handed over.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// True where it was to be sent again after a try whose outcome nobody knows: that try may have reached the customer, whatever becomes of later ones.
    /// </summary>
    public bool Doubtful { get; init; }

    /// <summary>True where it waits for room in the customer's attention budget, or has expired waiting for it.</summary>
    public bool AwaitsRoom { get; init; }

    /// <summary>The channels whose services have refused it, in order of time.</summary>
    public IReadOnlyList<Refusal> Refused { get; init; } = [];

    /// <summary>
    /// Why it went by its channel at the last hand-over, in words, with the consent that it stood on; empty where it was never handed over.
    /// </summary>
    public string Decided { get; init; } = "";

    /// <summary>Why it stands as it stands, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>When it reached the state in which it stands.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The key as connectors see it.</summary>
    public string Key => Id.ToString("N");
}
