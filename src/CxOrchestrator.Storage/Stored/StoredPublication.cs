using System.Text.Encodings.Web;
using System.Text.Json;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage;

/// <summary>Publications as both stores write and read them.</summary>
internal static class StoredPublication
{
    public const string Columns = "id, journey, kind, base_version, version, restores, undoes, plan, moves, at, done_at";

    /// <summary>A person's row beside their enrolment's columns: the next columns.</summary>
    public const string PersonColumns = "p.from_version, p.from_step, p.former, p.moved_to";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly int PersonAt = StoredEnrolment.ColumnCount;

    /// <summary>The enrolment's columns, of the table <c>e</c>.</summary>
    public static string EnrolmentColumns { get; } = string.Join(", ", StoredEnrolment.Columns.Split(", ").Select(column => $"e.{column}"));

    public static Publication Read(IStoredRow row) => new()
    {
        Id = row.Guid(0),
        Journey = row.Text(1),
        Kind = (PublicationKind)row.Int(2),
        BaseVersion = row.Int(3),
        Version = row.Int(4),
        Restores = row.IntOrNull(5),
        Undoes = row.IntOrNull(6),
        Plan = row.Text(7),
        Moves = JsonSerializer.Deserialize<List<PlannedMove>>(row.Text(8), Readable) ?? [],
        At = row.Time(9),
        DoneAt = row.TimeOrNull(10),
    };

    public static string Written(IReadOnlyList<PlannedMove> moves) => JsonSerializer.Serialize(moves, Readable);

    /// <summary>A person, read beside their enrolment; after that stands when a pause holds it.</summary>
    public static ListedPerson ReadPerson(IStoredRow row) => ReadPerson(row, StoredEnrolment.Read(row));

    /// <summary>The same of a store that keeps trails apart, which stand in the last column.</summary>
    public static ListedPerson ReadPersonWhole(IStoredRow row) => ReadPerson(row, StoredEnrolment.ReadWhole(row, PersonAt + 5));

    private static ListedPerson ReadPerson(IStoredRow row, Enrolment enrolment)
    {
        if (enrolment.DueAt is null && row.TimeOrNull(PersonAt + 4) is { } held)
            enrolment = enrolment with { DueAt = held };
        return new ListedPerson(
            enrolment, row.Int(PersonAt), row.Text(PersonAt + 1),
            row.TextOrNull(PersonAt + 2) is { } former ? ReadFormer(former, enrolment) : null, row.IntOrNull(PersonAt + 3));
    }

    /// <summary>What of an enrolment a move changes.</summary>
    public static string? Written(Enrolment? former) => former is null ? null : JsonSerializer.Serialize(
        new Former(
            former.Version, former.StepId, former.Entered, former.DueAt, former.WaitsFor, former.WaitsOn, former.State, former.EndedAt, former.Reason,
            ContextText.Write(former.Context)),
        Readable);

    private static Enrolment ReadFormer(string text, Enrolment now)
    {
        var former = JsonSerializer.Deserialize<Former>(text, Readable) ?? throw new StorageException("A position before a move is stored as nothing. Restore a backup, or report this.");
        return now with
        {
            Version = former.Version,
            StepId = former.StepId,
            Entered = former.Entered,
            DueAt = former.DueAt,
            WaitsFor = former.WaitsFor,
            WaitsOn = former.WaitsOn,
            State = former.State,
            EndedAt = former.EndedAt,
            Reason = former.Reason,
            Context = ContextText.Read(StoredForms.ToJson(System.Text.Encoding.UTF8.GetBytes(former.Context))),
        };
    }

    private sealed record Former(
        int Version, string StepId, bool Entered, DateTimeOffset? DueAt, string? WaitsFor, Guid? WaitsOn, EnrolmentState State, DateTimeOffset? EndedAt,
        string Reason, string Context);
}
