using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Incidents;

/// <summary>Writes what became of a case into its incident, where this connection is the case's helpdesk too.</summary>
/// <param name="wire">The connection's wire.</param>
/// <param name="connection">The connection's name, by which changes name their helpdesk.</param>
internal sealed class CaseWriter(DataverseWire wire, string connection)
{
    private const int ProblemSolved = 5;

    /// <summary>True where the change is about an incident of this organisation.</summary>
    public bool IsOurs(CrmChange change) =>
        change.Kind == CrmChangeKind.Case && change.Values.GetValueOrDefault("helpdesk") as string == connection && TicketOf(change) is not null;

    /// <summary>Writes the changes and sets their results.</summary>
    public async Task WriteAsync(IReadOnlyList<PlacedChange> changes, WriteResult?[] results, CancellationToken cancellation)
    {
        foreach (var placed in changes)
            results[placed.Place] = await WriteAsync(placed.Change, TicketOf(placed.Change)!.Value, cancellation);
    }

    private async Task<WriteResult> WriteAsync(CrmChange change, Guid ticket, CancellationToken cancellation)
    {
        var path = $"{Cases.Set}({ticket:D})";
        var reply = await wire.ReadAsync(ServiceRequest.Get($"{path}?$select=statecode"), cancellation, also: 404);
        if (reply.Status == 404)
            return WriteResult.Refused("gone", "no case has this id");
        var open = Values.Of(reply.Json(), "statecode") is 0L;
        var state = change.Values.GetValueOrDefault("state") as string;
        if (state is "solved" or "closed" or "resolved")
            return open ? Result(await wire.SendAsync(Close(change, ticket), cancellation), ticket) : WriteResult.Written(ticket.ToString("D"));
        var columns = new JsonObject();
        if (state is "open" or "reopened" && !open)
            (columns["statecode"], columns["statuscode"]) = (0, 1);
        else if (!open)
            // A case that is solved can't be written any more, and what is told of it is old.
            return WriteResult.Written(ticket.ToString("D"));
        if (change.Values.GetValueOrDefault("due") is { } due && DateTimeOffset.TryParse(Values.ToText(due), System.Globalization.CultureInfo.InvariantCulture, out var at))
            columns["followupby"] = ODataText.Moment(at);
        if (columns.Count == 0)
            return WriteResult.Written(ticket.ToString("D"));
        return Result(await wire.SendAsync(ServiceRequest.Json(HttpMethod.Patch, path, columns).With("If-Match", "*"), cancellation), ticket);
    }

    // A case is solved by this action alone; setting its state is refused.
    private static ServiceRequest Close(CrmChange change, Guid ticket) => ServiceRequest.Json(HttpMethod.Post, "CloseIncident", new JsonObject
    {
        ["IncidentResolution"] = new JsonObject
        {
            ["@odata.type"] = "Microsoft.Dynamics.CRM.incidentresolution",
            ["subject"] = Values.Short(change.Title, Values.LongestSubject),
            ["incidentid@odata.bind"] = $"/{Cases.Set}({ticket:D})",
        },
        ["Status"] = ProblemSolved,
    });

    private static WriteResult Result(ServiceAnswer answer, Guid ticket) => Outcome.Of(answer, ticket.ToString("D"));

    private static Guid? TicketOf(CrmChange change) => Guid.TryParse(change.Values.GetValueOrDefault("ticket") as string, out var id) ? id : null;
}
