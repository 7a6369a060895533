using System.Text.Json;
using Npgsql;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>The row at which a reader stands.</summary>
internal sealed class PgRow(NpgsqlDataReader reader) : IStoredRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public int Int(int column) => reader.GetInt32(column);

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public long Long(int column) => reader.GetInt64(column);

    public bool Bool(int column) => reader.GetBoolean(column);

    public DateTimeOffset Time(int column) => new(reader.GetDateTime(column), TimeSpan.Zero);

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public Guid Guid(int column) => reader.GetGuid(column);

    public Guid? GuidOrNull(int column) => IsNull(column) ? null : Guid(column);

    public string Text(int column) => PgText.FromStored(reader.GetString(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public JsonElement Json(int column)
    {
        var text = Text(column);
        return text == "{}" ? Core.Json.EmptyObject : StoredForms.ToJson(text);
    }
}
