using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <c>deliveries</c>, the contact ledger.</summary>
internal static class DeliveryRows
{
    private const string Insert = $"""
        insert into deliveries ({StoredDelivery.Columns}, waits_for, lease_node, lease_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;

    /// <summary>Stores a new row, under a lease or free.</summary>
    public static void Add(SqliteSession session, Delivery added, Lease? lease) =>
        session.Use(Insert)
            .Add(added.Id).Add(added.CustomerId).Add(added.EnrolmentId).Add(added.StepId).Add(added.Occurrence).Add(added.Journey)
            .Add(added.Message).Add(added.Purpose).Add(added.Touchpoint).Add(StoredDelivery.Written(added.Via)).Add(added.InvitationId).Add(added.State)
            .Add(StoredDelivery.DueAt(added.State, added.DueAt, added.PlannedAt)).Add(added.ExpiresAt).Add((long?)added.SentVia).Add(added.Connection).Add(added.ProviderId)
            .Add(added.Attempts).Add(added.Reason).Add(added.PlannedAt).Add(added.ChangedAt)
            .Add(added.HandedOverAt).Add(added.Engagement).Add(added.EngagedAt).Add(added.HandedOverTo).Add(added.Decided)
            .Add(added.Lane).Add(added.Priority).Add(added.Doubtful).Add(added.AwaitsRoom).Add(StoredRefusals.Written(added.Refused)).Add(added.SendIn).Add(StoredDelivery.WaitsFor(added))
            .Add(lease?.Node).Add(lease?.Until)
            .Execute();

    /// <summary>Takes how far a message has come; nothing where as much is known.</summary>
    public static void Engage(SqliteSession session, EngagementChange change) =>
        session.Use(LedgerSql.Engage).Add(change.Engagement).Add(change.At).Add(change.DeliveryId).Add(change.Engagement).Execute();

    /// <summary>Takes an outcome that a service told by itself; false where the row has ended or nothing was handed over.</summary>
    public static bool Told(SqliteSession session, DeliveryOutcome outcome) => outcome.State switch
    {
        DeliveryState.Accepted or DeliveryState.Rejected =>
            session.Use(outcome.State == DeliveryState.Accepted ? LedgerSql.ToldArrived : LedgerSql.ToldFailed)
                .Add(outcome.State).Add(outcome.Reason).Add(outcome.At).Add(outcome.ProviderId).Add(outcome.Id)
                .Execute() == 1,
        DeliveryState.Deferred when outcome.Attempt is { } attempt =>
            session.Use(LedgerSql.ToldAgain)
                .Add(outcome.Reason).Add(outcome.At).Add(StoredDelivery.DueAt(outcome.State, outcome.DueAt, outcome.At))
                .Add(StoredRefusals.Written(outcome.Refused)).Add(outcome.Id).Add(attempt)
                .Execute() == 1,
        _ => throw StoredDelivery.NotTold(outcome),
    };
}
