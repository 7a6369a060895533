using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage;

/// <summary>Events as both stores read them.</summary>
internal static class StoredEvent
{
    public const string Columns =
        "id, source, source_id, type, subject, customer_id, time, received_at, data, delivery_id, enrolment_id";

    /// <summary>How many these are: the next column is another's.</summary>
    public const int ColumnCount = 11;

    public static CustomerEvent Read(IStoredRow row) => new()
    {
        Id = row.Guid(0),
        Source = row.Text(1),
        SourceId = row.Text(2),
        Type = row.Text(3),
        Subject = row.Text(4),
        CustomerId = row.GuidOrNull(5),
        Time = row.Time(6),
        ReceivedAt = row.Time(7),
        Data = row.Json(8),
        DeliveryId = row.GuidOrNull(9),
        EnrolmentId = row.GuidOrNull(10),
    };
}
