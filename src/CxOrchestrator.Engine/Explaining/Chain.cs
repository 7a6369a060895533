using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Schedules;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>Everything that a telling stands on, read before it begins.</summary>
internal sealed record Chain
{
    public required Customer Customer { get; init; }

    /// <summary>The journey's key, as it was asked for.</summary>
    public required string Key { get; init; }

    /// <summary>The version in force, or null.</summary>
    public required Journey? InForce { get; init; }

    public required ExplainFacts Facts { get; init; }

    /// <summary>The event that was asked about, or null.</summary>
    public required EventName? About { get; init; }

    /// <summary>How far its schedule has come; null where there is none, or it was never looked at.</summary>
    public CampaignMark? Schedule { get; init; }

    /// <summary>How the journey stands; null where nothing was said.</summary>
    public JourneyState? State { get; init; }

    /// <summary>The attention budget of all customers.</summary>
    public AttentionBudget Budget { get; init; } = AttentionBudget.None;

    /// <summary>What the customer's stands on.</summary>
    public CustomerAttention Attention { get; init; } = CustomerAttention.Nothing;

    public required DateTimeOffset Now { get; init; }

    /// <summary>The walks to tell: of one event its own, else all, newest first.</summary>
    public IReadOnlyList<Enrolment> Walks => About is null
        ? Facts.Walks
        : [.. Facts.Walks.Where(walk => Facts.About is { } about
            && (walk.EventId == about.Event.Id || about.Decisions.Any(decision => decision.EnrolmentId == walk.Id)))];

    /// <summary>The event that was asked about is the customer's, or nobody's under one of their ids.</summary>
    public bool AboutIsTheirs => Facts.About is { } about
        && (about.Event.CustomerId == Customer.Id || Facts.Strangers.Any(one => one.Event.Id == about.Event.Id));

    /// <summary>How to call the customer.</summary>
    public string Who => Customer.GivenName.Length > 0 ? Customer.GivenName : Customer.Name.Length > 0 ? Customer.Name : "The customer";

    public IReadOnlyList<WatchedDelivery> DeliveriesOf(Enrolment walk) => [.. Facts.Deliveries.Where(one => one.Delivery.EnrolmentId == walk.Id)];

    public static bool IsOpen(Delivery delivery) => delivery.State is DeliveryState.Planned or DeliveryState.Claimed or DeliveryState.HandedOver or DeliveryState.Deferred;
}
