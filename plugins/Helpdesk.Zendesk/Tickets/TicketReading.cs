using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;

/// <summary>
/// Reads tickets. Changes come from the cursor-based incremental export, which Zendesk lets us ask ten times a minute and which leaves out the last minute.
/// </summary>
internal sealed class TicketReading(ServiceClient client)
{
    private const string Export = "incremental/tickets/cursor.json";

    /// <summary>A ticket number as it stands in an address; null where the text is none.</summary>
    public static string? IdOf(string ticketId) =>
        ticketId.Length is > 0 and < 20 && ticketId.All(char.IsAsciiDigit) ? ticketId : null;

    public async Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IdOf(ticketId) is not { } id)
            return null;
        var reply = (await client.SendAsync(ServiceRequest.Get($"tickets/{id}.json"), cancellation)).Reply(also: 404);
        return reply.Status != 404 && reply.Json().Find("ticket") is { } ticket ? Read(ticket) : null;
    }

    public async Task<Page<Ticket>> ChangedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        var (json, next) = await ExportAsync(cursor, "", cancellation);
        List<Ticket> tickets = [.. json.List("tickets").Select(Read).OfType<Ticket>()];
        return new Page<Ticket>(tickets, tickets.Count == 0 ? null : next);
    }

    /// <summary>Tickets that were solved, whoever opened them: what journeys begin with.</summary>
    public async Task<Page<ConnectorEvent>> SolvedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        var (json, next) = await ExportAsync(cursor, "include=users,metric_sets", cancellation);
        var emails = json.List("users").Where(user => user.Number("id") is not null).DistinctBy(user => user.Number("id"))
            .ToDictionary(user => user.Number("id")!.Value, user => user.Text("email"));
        var solvedAt = json.List("metric_sets").Where(set => set.Number("ticket_id") is not null).DistinctBy(set => set.Number("ticket_id"))
            .ToDictionary(set => set.Number("ticket_id")!.Value, set => set.Time("solved_at"));
        var events = new List<ConnectorEvent>();
        var tickets = 0;
        foreach (var ticket in json.List("tickets"))
        {
            tickets++;
            // One that was solved and closed while we were away was solved all the same.
            if (ticket.Text("status") is "solved" or "closed" && ticket.Number("id") is { } id && (solvedAt.GetValueOrDefault(id) ?? ticket.Time("updated_at")) is { } at)
                events.Add(Solved(ticket, id, at, ticket.Number("requester_id") is { } requester ? emails.GetValueOrDefault(requester) : null));
        }

        // A page of tickets none of which was solved moves the cursor on all the same.
        return new Page<ConnectorEvent>(events, tickets == 0 ? null : next);
    }

    private static ConnectorEvent Solved(JsonElement ticket, long id, DateTimeOffset at, string? email)
    {
        var data = JsonSerializer.SerializeToElement(new { ticket = Ids.Text(id), subject = ticket.Text("subject"), state = "solved" });
        // An update of a ticket that is solved already brings it again: its moment of solving tells that it is the same fact.
        return new ConnectorEvent(string.Create(CultureInfo.InvariantCulture, $"{id}/solved/{at.ToUnixTimeSeconds()}"), "ticket.solved", ticket.Text("requester_id") ?? "", at, data)
        {
            Address = email,
        };
    }

    private async Task<(JsonElement Json, string? Next)> ExportAsync(string? cursor, string include, CancellationToken cancellation)
    {
        var from = cursor is null ? "start_time=0" : $"cursor={Uri.EscapeDataString(cursor)}";
        var path = include.Length == 0 ? $"{Export}?{from}" : $"{Export}?{from}&{include}";
        var json = (await client.SendAsync(ServiceRequest.Get(path), cancellation)).Reply().Json();
        return (json, json.Text("after_cursor"));
    }

    private static Ticket? Read(JsonElement ticket) => ticket.Number("id") is { } id
        ? new Ticket(
            Ids.Text(id), ticket.Text("subject") ?? "", StateOf(ticket.Text("status")), ticket.Text("assignee_id") ?? ticket.Text("group_id"),
            ticket.Time("due_at"), ticket.Time("updated_at") ?? DateTimeOffset.UnixEpoch)
        : null;

    /// <summary>Zendesk's statuses; a deleted ticket is ended for good.</summary>
    public static TicketState StateOf(string? status) => status switch
    {
        "new" => TicketState.New,
        "solved" => TicketState.Solved,
        "closed" or "deleted" => TicketState.Closed,
        _ => TicketState.Open,
    };
}
