using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;

/// <summary>
/// Opens tickets, each once. Zendesk keeps an idempotency key for two hours; after that the ticket is found by the external id that carries our key.
/// An external id is not unique in Zendesk, so calls of this process take turns by key.
/// </summary>
internal sealed class TicketWriting(ServiceClient client, ZendeskSettings settings)
{
    // Zendesk's own limit on the header.
    private const int LongestKey = 255;

    private readonly TicketForm _form = new(settings);
    private readonly KeyedTurns _turns = new();

    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return draft.Key.Length > LongestKey
            ? Task.FromResult(WriteResult.Refused("key-too-long", $"The key has more than {LongestKey} characters."))
            : _turns.TakeAsync(draft.Key, () => FindOrCreateAsync(draft, cancellation), cancellation);
    }

    public async Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        if (TicketReading.IdOf(ticketId) is not { } id)
            return WriteResult.Refused("not-found", $"'{ticketId}' is no ticket number of Zendesk.");
        // PUT adds; a ticket update with "tags" would replace what others have put there.
        var request = ServiceRequest.Json(HttpMethod.Put, $"tickets/{id}/tags.json", new { tags = tags.Select(TicketForm.TagOf) });
        var answer = await client.SendAsync(request, cancellation);
        return answer.ToWrite(reply => !reply.IsSuccess ? Refusals.Of(reply) : reply.TryJson(out _) ? WriteResult.Written(id) : WriteResult.Retry("Zendesk's answer can't be read"));
    }

    private async Task<WriteResult> FindOrCreateAsync(TicketDraft draft, CancellationToken cancellation)
    {
        if (await FindAsync(draft.Key, cancellation) is { } known)
            return known;
        long? requester = null;
        if (string.IsNullOrWhiteSpace(draft.PersonEmail))
        {
            var (id, trouble) = await RequesterAsync(draft, cancellation);
            if (trouble is not null)
                return trouble;
            requester = id;
        }

        var request = new ServiceRequest(HttpMethod.Post, "tickets.json") { Content = _form.Of(draft, requester) }.With("Idempotency-Key", draft.Key);
        var answer = await client.SendAsync(request, cancellation);
        return answer.ToWrite(reply => reply switch
        {
            { IsSuccess: true } when reply.TryJson(out var json) && json.Find("ticket")?.Number("id") is { } id => WriteResult.Written(Ids.Text(id)),
            { IsSuccess: true } => WriteResult.Retry("Zendesk took the ticket, but did not say its number"),
            // The key was used with another body: the ticket is there, or is just being made, and its external id will show it.
            { Status: 400 } when Refusals.Code(reply) is "IdempotentRequestError" => WriteResult.Retry("Zendesk is making this ticket already", TimeSpan.FromMinutes(1)),
            _ => Refusals.Of(reply),
        });
    }

    private async Task<WriteResult?> FindAsync(string key, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(ServiceRequest.Get($"tickets.json?external_id={Uri.EscapeDataString(key)}"), cancellation);
        if (answer is not ServiceReply { IsSuccess: true } reply)
            return answer.ToWrite(_ => null);
        if (!reply.TryJson(out var json))
            return WriteResult.Retry("Zendesk's answer can't be read");
        // The oldest, should there be several: that is the one whose number was given out.
        var ids = json.List("tickets").Where(ticket => ticket.Text("external_id") == key).Select(ticket => ticket.Number("id")).OfType<long>();
        return ids.Order().Select(id => WriteResult.Written(Ids.Text(id))).FirstOrDefault();
    }

    // Matched by our id, so that the same person is not made twice.
    private async Task<(long? Id, WriteResult? Trouble)> RequesterAsync(TicketDraft draft, CancellationToken cancellation)
    {
        var user = new { name = TicketForm.Name(draft), external_id = draft.PersonId };
        var answer = await client.SendAsync(ServiceRequest.Json(HttpMethod.Post, "users/create_or_update.json", new { user }), cancellation);
        if (answer is ServiceReply { IsSuccess: true } reply && reply.TryJson(out var json) && json.Find("user")?.Number("id") is { } id)
            return (id, null);
        return (null, answer.ToWrite(refused => refused.IsSuccess ? WriteResult.Retry("Zendesk's answer can't be read") : Refusals.Of(refused)));
    }
}
