using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Storage;

/// <summary>Write-backs as both stores read them.</summary>
internal static class StoredWriteBack
{
    public const string Columns =
        """id, customer_id, key, kind, title, "values", at, state, due_at, attempts, reason, connection, crm_id, enrolment_id""";

    public static WriteBack Read(IStoredRow row) => new()
    {
        Id = row.Guid(0),
        CustomerId = row.Guid(1),
        Key = row.Text(2),
        Kind = (CrmChangeKind)row.Int(3),
        Title = row.Text(4),
        Values = row.Json(5),
        At = row.Time(6),
        State = (WriteBackState)row.Int(7),
        DueAt = row.TimeOrNull(8),
        Attempts = row.Int(9),
        Reason = row.Text(10),
        Connection = row.TextOrNull(11),
        CrmId = row.TextOrNull(12),
        EnrolmentId = row.GuidOrNull(13),
    };

    // One that waits for no time would wait for ever.
    public static DateTimeOffset? DueAt(WriteBack one) =>
        one.State == WriteBackState.Waiting ? one.DueAt ?? one.At : null;
}
