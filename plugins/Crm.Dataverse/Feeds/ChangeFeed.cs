using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.CrmDataverse.Feeds;

/// <summary>
/// Follows the changes of tables by change tracking. Links are followed as they were given. A link that has run out begins its table anew, page by page,
/// so that a resync goes on where it was interrupted.
/// </summary>
internal sealed class ChangeFeed(DataverseWire wire, int pageSize, TimeProvider clock, ILogger log)
{
    // A link is good for seven days by default. In a quiet organisation nothing would renew it, so an empty answer does once a day.
    private static readonly TimeSpan Stale = TimeSpan.FromDays(1);

    /// <summary>The next page. Empty and without a cursor where nothing has changed.</summary>
    /// <exception cref="ServiceException">The organisation did not answer as it should.</exception>
    public async Task<Page<T>> NextAsync<T>(IReadOnlyList<TrackedTable<T>> tables, string? cursor, CancellationToken cancellation)
    {
        var at = FeedCursor.Read(cursor);
        var renewed = false;
        foreach (var table in tables)
        {
            while (true)
            {
                var known = at.Of(table.Table.Name);
                var json = await AskAsync(table, known?.Link, cancellation);
                if (json is null)
                {
                    log.LogWarning("The link to the changes of {Table} has run out: all of its rows are read again", table.Table.Name);
                    at.Set(table.Table.Name, null, default);
                    continue;
                }

                var items = Items(table, json.Value);
                var (next, last) = LinkOf(json.Value);
                renewed |= known is null || clock.GetUtcNow() - known.Value.Given > Stale;
                at.Set(table.Table.Name, next ?? last ?? known?.Link, clock.GetUtcNow());
                if (items.Count > 0)
                    return new Page<T>(items, at.ToString());
                if (next is null)
                    break;
            }
        }

        // A first look at empty tables has a cursor worth keeping too, but there is nothing to tell: it will be the same the next time.
        return new Page<T>([], renewed && cursor is not null ? at.ToString() : null);
    }

    /// <summary>One page of a table; null where its link has run out.</summary>
    private async Task<JsonElement?> AskAsync<T>(TrackedTable<T> table, string? link, CancellationToken cancellation)
    {
        // The preferences are sent with every page; a delta link has the query in itself.
        var path = link ?? $"{table.Table.Set}?$select={table.Select}";
        var answer = await wire.SendAsync(Prefer.Page(path, pageSize, track: true), cancellation);
        if (link is not null && answer is ServiceReply { IsSuccess: false } reply && Fault.Of(reply).Kind == FaultKind.TokenExpired)
            return null;
        if (answer is ServiceReply { Status: 400 } && !table.Table.Tracked)
            throw new ServiceException($"change tracking is off for the table {table.Table.Name}: switch it on, or let setup do it") { Status = 400 };
        return answer is ServiceReply { IsSuccess: false } failed
            ? throw new ServiceException(Fault.Of(failed).Text) { Status = failed.Status, RetryAfter = failed.RetryAfter }
            : answer.Reply().Json();
    }

    private static List<T> Items<T>(TrackedTable<T> table, JsonElement json)
    {
        var items = new List<T>();
        foreach (var row in json.GetProperty("value").EnumerateArray())
        {
            // A deleted row has "id" in the place of its key's column.
            if (Values.TextOf(row, "reason") is "deleted" && Values.IdOf(row, "id") is { } gone)
                items.Add(table.Gone(gone));
            else
                items.Add(table.Read(row));
        }

        return items;
    }

    private (string? Next, string? Last) LinkOf(JsonElement json) => (Below(Values.TextOf(json, "@odata.nextLink")), Below(Values.TextOf(json, "@odata.deltaLink")));

    private string? Below(string? link) => link is null ? null : ODataText.Below(wire.Root, link);
}
