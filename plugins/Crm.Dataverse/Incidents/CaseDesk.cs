using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Incidents;

/// <summary>Opens cases, and adds notes and labels to them.</summary>
internal sealed class CaseDesk(DataverseWire wire, TableCatalogue catalogue, CaseCustomers customers, Owners owners, DataverseSettings settings)
{
    private const int LongestTitle = 200;
    private const int Web = 3;
    // Cases count the other way round from activities: 1 is high.
    private const int NormalPriority = 2;

    /// <summary>Opens a case.</summary>
    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation) => GuardAsync(async () =>
    {
        if (await customers.FindAsync(draft, cancellation) is not { } customer)
            return WriteResult.Refused("no-customer", "a case needs a customer, and no contact has this id or address: set CaseCustomer for such cases");
        var id = RowIds.Of(Cases.Name, draft.Key);
        var row = new JsonObject
        {
            ["incidentid"] = id.ToString("D"),
            ["title"] = Values.Short(draft.Subject, LongestTitle),
            ["description"] = draft.Body,
            ["caseorigincode"] = Web,
            ["prioritycode"] = NormalPriority,
            ["followupby"] = ODataText.Moment(draft.Due),
            // The customer may be of two tables: which one is in the name.
            [$"customerid_{customer.Table}@odata.bind"] = customer.Bind,
        };
        if (await owners.FindAsync(draft.Owner, cancellation) is { } owner)
            row["ownerid@odata.bind"] = owner;
        if (draft.Tags.Count > 0 && await TagColumnAsync(cancellation) is { } column)
            row[column] = CaseTags.Add(null, draft.Tags);
        return await MakeAsync(Cases.Set, "incidentid", id, row, cancellation);
    }, cancellation);

    /// <summary>Adds a note.</summary>
    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation) => GuardAsync(async () =>
    {
        if (!Guid.TryParse(ticketId, out var ticket))
            return NoSuchCase;
        var id = RowIds.Of("annotation", $"{ticket:D}/{key}");
        var row = new JsonObject
        {
            ["annotationid"] = id.ToString("D"),
            ["subject"] = Values.Short(text.Split('\n')[0].Trim(), 100),
            ["notetext"] = text,
            ["objectid_incident@odata.bind"] = $"/{Cases.Set}({ticket:D})",
        };
        return await MakeAsync("annotations", "annotationid", id, row, cancellation);
    }, cancellation);

    /// <summary>Adds labels to those that are there.</summary>
    public Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation) => GuardAsync(async () =>
    {
        if (!Guid.TryParse(ticketId, out var ticket))
            return NoSuchCase;
        if (await TagColumnAsync(cancellation) is not { } column)
            return WriteResult.Refused("unsupported", "cases have no column for labels: set CaseTagColumn, and let setup make it");
        var path = $"{Cases.Set}({ticket:D})";
        var reply = await wire.ReadAsync(ServiceRequest.Get($"{path}?$select={column}"), cancellation, also: 404);
        if (reply.Status == 404)
            return NoSuchCase;
        var row = reply.Json();
        var before = Values.TextOf(row, column);
        var after = CaseTags.Add(before, tags);
        if (after == before)
            return WriteResult.Written(ticket.ToString("D"));
        var update = ServiceRequest.Json(HttpMethod.Patch, path, new JsonObject { [column] = after }).With("If-Match", Values.TextOf(row, "@odata.etag") ?? "*");
        return Outcome.Of(await wire.SendAsync(update, cancellation), ticket.ToString("D"));
    }, cancellation);

    private static WriteResult NoSuchCase => WriteResult.Refused("gone", "no case has this id");

    private async Task<string?> TagColumnAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(settings.CaseTagColumn))
            return null;
        var table = await catalogue.GetAsync(Cases.Name, cancellation);
        return table.Columns.ContainsKey(settings.CaseTagColumn) ? settings.CaseTagColumn : null;
    }

    private async Task<WriteResult> MakeAsync(string set, string key, Guid id, JsonObject row, CancellationToken cancellation)
    {
        var answer = await wire.SendAsync(ServiceRequest.Json(HttpMethod.Post, set, row), cancellation);
        if (Outcome.FaultIn(answer) is not { Kind: FaultKind.KeyTaken })
            return Outcome.Of(answer, id.ToString("D"));
        // By an earlier try of ours, or by somebody's alternate key.
        var there = await wire.ReadAsync(ServiceRequest.Get($"{set}({id:D})?$select={key}"), cancellation, also: 404);
        return there.Status == 404
            ? WriteResult.Refused("duplicate", $"{set} has another row with the same key")
            : WriteResult.Written(id.ToString("D"));
    }

    private static async Task<WriteResult> GuardAsync(Func<Task<WriteResult>> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await write();
        }
        catch (ServiceException failure)
        {
            return Outcome.Later(failure);
        }
    }
}
