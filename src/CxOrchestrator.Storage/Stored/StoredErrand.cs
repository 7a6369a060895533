using CxOrchestrator.Core.Errands;

namespace CxOrchestrator.Storage;

/// <summary>Errands as both stores read them.</summary>
internal static class StoredErrand
{
    public const string Columns = "key, kind, connection, subject, text, asked, asked_at, state, due_at, attempts, reason";

    public static Errand Read(IStoredRow row) => new()
    {
        Key = row.Text(0),
        Kind = (ErrandKind)row.Int(1),
        Connection = row.Text(2),
        Subject = row.Text(3),
        Text = row.Text(4),
        Asked = row.Int(5),
        AskedAt = row.Time(6),
        State = (ErrandState)row.Int(7),
        DueAt = row.TimeOrNull(8),
        Attempts = row.Int(9),
        Reason = row.Text(10),
    };
}
