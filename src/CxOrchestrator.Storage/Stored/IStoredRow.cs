using System.Text.Json;

namespace CxOrchestrator.Storage;

/// <summary>A row of either store, read by column from 0. A null is read only by what says so.</summary>
internal interface IStoredRow
{
    bool IsNull(int column);

    int Int(int column);

    int? IntOrNull(int column);

    long Long(int column);

    bool Bool(int column);

    DateTimeOffset Time(int column);

    DateTimeOffset? TimeOrNull(int column);

    Guid Guid(int column);

    Guid? GuidOrNull(int column);

    string Text(int column);

    string? TextOrNull(int column);

    JsonElement Json(int column);
}
