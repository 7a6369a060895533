using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage;

/// <summary>Customers as both stores read them.</summary>
internal static class StoredCustomer
{
    public const string Columns = "id, name, given_name, locale, time_zone, attributes, created_at, changed_at, gone_at";

    /// <summary>The same columns, the attributes empty.</summary>
    public const string ColumnsOfRow = "id, name, given_name, locale, time_zone, '{}', created_at, changed_at, gone_at";

    /// <summary>The customer of a row, without addresses and ids.</summary>
    public static Customer Read(IStoredRow row) => new()
    {
        Id = row.Guid(0),
        Name = row.Text(1),
        GivenName = row.Text(2),
        Locale = row.Text(3),
        TimeZone = row.Text(4),
        Attributes = row.Json(5),
        CreatedAt = row.Time(6),
        ChangedAt = row.Time(7),
        GoneAt = row.TimeOrNull(8),
    };

    /// <summary>A text as it is searched for.</summary>
    public static string Folded(string text) => text.ToLowerInvariant();
}
