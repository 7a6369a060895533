using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.People;

/// <summary>Reads the people of a saved view or of FetchXML.</summary>
internal sealed class SegmentReader(DataverseWire wire, PersonReader people, DataverseSettings settings)
{
    // Beyond it, servers and proxies refuse addresses; inside a batch there is room for 64 KB.
    private const int LongestAddress = 8000;

    /// <summary>One page of a segment.</summary>
    /// <param name="segment">A name in the settings, a view's name or id, or FetchXML itself.</param>
    /// <param name="cursor">What the last page gave.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">There is no such segment; the text names it.</exception>
    public async Task<Page<CrmPerson>> ReadAsync(string segment, string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var text = await QueryAsync(segment, cancellation);
        if (FetchQuery.Fault(text) is { } fault)
            throw new ServiceException($"the segment {segment} {fault}");
        var contacts = await people.ColumnsAsync(PersonRef.Contact, cancellation);
        var (table, columns) = FetchTable(text) == PersonRef.Contact ? contacts : await people.ColumnsAsync(PersonRef.Account, cancellation);
        var query = FetchQuery.Read(text, _ => columns.All.Prepend(table.Key));
        var (page, cookie) = Place(cursor);
        var json = await AskAsync($"{table.Set}?fetchXml={Uri.EscapeDataString(query.Page(page, settings.PageSize, cookie))}", cancellation);
        var found = json.GetProperty("value").EnumerateArray().Select(columns.Read).ToList();
        var more = Values.Of(json, "@Microsoft.Dynamics.CRM.morerecords") is true;
        var next = FetchQuery.CookieIn(Values.TextOf(json, "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"));
        return new Page<CrmPerson>(found, more ? string.Create(CultureInfo.InvariantCulture, $"{page + 1} {next}") : null);
    }

    private static string FetchTable(string text) => FetchQuery.Read(text, _ => []).Table;

    private static (int Page, string? Cookie) Place(string? cursor)
    {
        var parts = (cursor ?? "1 ").Split(' ', 2);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0
            ? (page, parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null)
            : throw new ServiceException("the cursor is not one that this connection gave");
    }

    private async Task<string> QueryAsync(string segment, CancellationToken cancellation)
    {
        if (settings.Segments?.TryGetValue(segment, out var own) == true)
            return own;
        if (segment.TrimStart().StartsWith('<'))
            return segment;
        var filter = Guid.TryParse(segment, out var id)
            ? (Func<string, string>)(key => $"{key}%20eq%20{id:D}")
            : _ => $"name%20eq%20{ODataText.Literal(segment)}%20and%20(returnedtypecode%20eq%20'contact'%20or%20returnedtypecode%20eq%20'account')";
        var found = new List<string>();
        foreach (var (set, key) in new[] { ("savedqueries", "savedqueryid"), ("userqueries", "userqueryid") })
        {
            var reply = await wire.ReadAsync(ServiceRequest.Get($"{set}?$select=fetchxml&$filter={filter(key)}"), cancellation);
            found.AddRange(reply.Json().GetProperty("value").EnumerateArray().Select(view => Values.TextOf(view, "fetchxml")).OfType<string>());
        }

        return found switch
        {
            [var only] => only,
            [] => throw new ServiceException($"there is no view '{segment}' of contacts or accounts that the application user can see, and no segment of this name in the settings"),
            _ => throw new ServiceException($"there are {found.Count} views '{segment}': name the one that is meant by its id"),
        };
    }

    private async Task<JsonElement> AskAsync(string path, CancellationToken cancellation)
    {
        var request = Prefer.Rows(path);
        if (path.Length <= LongestAddress)
            return (await wire.ReadAsync(request, cancellation)).Json();
        var inBatch = BatchBody.Request(wire.Root, [[new BatchOperation(HttpMethod.Get, path) { Prefer = request.Headers[0].Value }]]);
        var reply = await wire.ReadAsync(inBatch, cancellation);
        return BatchReply.Read(reply, 1)[0] switch
        {
            { IsSuccess: true } inner => inner.Json(),
            { } failed => throw new ServiceException(Fault.Of(failed).Text) { Status = failed.Status, RetryAfter = failed.RetryAfter },
            null => throw new ServiceException("the answer to the batch was not whole"),
        };
    }
}
