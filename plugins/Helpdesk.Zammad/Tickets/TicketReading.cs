using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZammad.Tickets;

/// <summary>Reads tickets; changes come from the search (which needs Zammad's Elasticsearch), in the order of their last update.</summary>
internal sealed class TicketReading(ServiceClient client)
{
    private const int PageSize = 200;

    /// <summary>A ticket id as it stands in an address; null where the text is none.</summary>
    public static string? IdOf(string ticketId) =>
        ticketId.Length is > 0 and < 19 && ticketId.All(char.IsAsciiDigit) ? ticketId : null;

    /// <summary>The tickets of an answer that was asked to be expanded: a list, in every version that has it.</summary>
    public static IEnumerable<JsonElement> Rows(JsonElement found) => found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [];

    public async Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IdOf(ticketId) is not { } id)
            return null;
        var reply = (await client.SendAsync(ServiceRequest.Get($"tickets/{id}?expand=true"), cancellation)).Reply(also: 404);
        return reply.Status == 404 ? null : Read(reply.Json());
    }

    public async Task<Page<Ticket>> ChangedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        var (rows, next) = await ChangesAsync(cursor, "", cancellation);
        return new Page<Ticket>([.. rows.Select(Read).OfType<Ticket>()], rows.Count == 0 ? null : next);
    }

    /// <summary>Tickets that were closed, whoever opened them: what journeys begin with.</summary>
    public async Task<Page<ConnectorEvent>> SolvedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        var (rows, next) = await ChangesAsync(cursor, " AND state.name:closed", cancellation);
        return new Page<ConnectorEvent>([.. rows.Select(Solved).OfType<ConnectorEvent>()], rows.Count == 0 ? null : next);
    }

    private async Task<(List<JsonElement> Rows, string Next)> ChangesAsync(string? cursor, string and, CancellationToken cancellation)
    {
        var since = ChangeCursor.Parse(cursor);
        // Pages of one question, until one has something new: the overlap may fill more than the first.
        for (var page = 1; ; page++)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"updated_at:[{since.From.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} TO *]{and}");
            var path = $"tickets/search?query={Uri.EscapeDataString(query)}&sort_by=updated_at&order_by=asc&per_page={PageSize}&page={page}&expand=true";
            List<JsonElement> found = [.. Rows((await client.SendAsync(ServiceRequest.Get(path), cancellation)).Reply().Json())];
            List<JsonElement> fresh = [.. found.Where(row => row.Time("updated_at") is not null && !since.Told.Contains(MarkOf(row)))];
            if (fresh.Count > 0 || found.Count < PageSize)
                return (fresh, since.After([.. fresh.Select(row => (MarkOf(row), row.Time("updated_at")!.Value))]).ToString());
        }
    }

    private static string MarkOf(JsonElement row) => $"{row.Text("id")}@{row.Text("updated_at")}";

    private static Ticket? Read(JsonElement row) => row.Text("id") is { } id
        ? new Ticket(id, row.Text("title") ?? "", StateOf(row.Text("state")), row.Text("owner") is "-" ? null : row.Text("owner"),
            row.Time("escalation_at"), row.Time("updated_at") ?? DateTimeOffset.UnixEpoch)
        : null;

    private static ConnectorEvent? Solved(JsonElement row)
    {
        if (row.Text("id") is not { } id || (row.Time("close_at") ?? row.Time("updated_at")) is not { } at)
            return null;
        var data = JsonSerializer.SerializeToElement(new { ticket = id, subject = row.Text("title"), state = "solved" });
        // An update of a closed ticket brings it again: its moment of closing tells that it is the same fact.
        return new ConnectorEvent(string.Create(CultureInfo.InvariantCulture, $"{id}/solved/{at.ToUnixTimeSeconds()}"), "ticket.solved", row.Text("customer_id") ?? "", at, data)
        {
            Address = row.Text("customer") is { } customer && customer.Contains('@') ? customer : null,
        };
    }

    /// <summary>Zammad's states by the names of a new installation. It has no "solved": a closed ticket can be opened again; a merged one can't.</summary>
    public static TicketState StateOf(string? state) => state switch
    {
        "new" => TicketState.New,
        "closed" => TicketState.Solved,
        "merged" or "removed" => TicketState.Closed,
        _ => TicketState.Open,
    };
}
