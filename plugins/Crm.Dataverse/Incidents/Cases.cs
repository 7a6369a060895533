using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Incidents;

/// <summary>What the rows of <c>incidents</c> say.</summary>
internal static class Cases
{
    /// <summary>The table's logical name.</summary>
    public const string Name = "incident";

    /// <summary>The set's name.</summary>
    public const string Set = "incidents";

    /// <summary>The columns that are read.</summary>
    public const string Select = "incidentid,title,statecode,statuscode,firstresponsesent,followupby,modifiedon,_ownerid_value";

    /// <summary>statecode of a case that is solved.</summary>
    public const long Resolved = 1;

    private const long InProgress = 1;

    /// <summary>A row as a ticket.</summary>
    public static Ticket Read(JsonElement row) => new(
        Values.IdOf(row, "incidentid")!.Value.ToString("D"),
        Values.TextOf(row, "title") ?? "",
        StateOf(row),
        Values.LabelOf(row, "_ownerid_value") ?? Values.TextOf(row, "_ownerid_value"),
        MomentOf(row, "followupby"),
        MomentOf(row, "modifiedon") ?? default);

    /// <summary>A case that was deleted: ended for good.</summary>
    public static Ticket Deleted(Guid id, DateTimeOffset now) => new(id.ToString("D"), "", TicketState.Closed, null, null, now);

    /// <summary>Where a case stands, by its state and reason.</summary>
    public static TicketState StateOf(long state, long reason, bool answered) => state switch
    {
        Resolved => TicketState.Solved,
        2 => TicketState.Closed,
        // On hold, waiting for details, researching: somebody has it in hand.
        _ => answered || reason != InProgress ? TicketState.Open : TicketState.New,
    };

    private static TicketState StateOf(JsonElement row) => StateOf(
        Values.Of(row, "statecode") as long? ?? 0, Values.Of(row, "statuscode") as long? ?? InProgress, Values.Of(row, "firstresponsesent") is true);

    private static DateTimeOffset? MomentOf(JsonElement row, string column) =>
        DateTimeOffset.TryParse(
            Values.TextOf(row, column), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
