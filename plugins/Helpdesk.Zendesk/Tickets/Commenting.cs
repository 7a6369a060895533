using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;

/// <summary>
/// Adds comments, each once. Zendesk has no idempotency for updates: our key goes into the metadata of the update's audit, which agents don't see, and the
/// audits are looked through before anything is added. An update that somebody else's overtook is refused by Zendesk (<c>safe_update</c>), and tried again.
/// </summary>
internal sealed class Commenting(ServiceClient client)
{
    // 100 audits a page: tickets with more than 10,000 updates are beyond what anybody looks at.
    private const int MostPages = 100;

    private readonly KeyedTurns _turns = new();

    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return TicketReading.IdOf(ticketId) is { } id
            ? _turns.TakeAsync(id + "/" + key, () => FindOrAddAsync(id, key, text, cancellation), cancellation)
            : Task.FromResult(WriteResult.Refused("not-found", $"'{ticketId}' is no ticket number of Zendesk."));
    }

    private async Task<WriteResult> FindOrAddAsync(string id, string key, string text, CancellationToken cancellation)
    {
        // The stamp is read first: a comment that comes in between makes the update fail instead of making it twice.
        var read = await client.SendAsync(ServiceRequest.Get($"tickets/{id}.json"), cancellation);
        if (read is not ServiceReply { IsSuccess: true } reply || !reply.TryJson(out var json) || json.Find("ticket")?.Text("updated_at") is not { } stamp)
            return read.ToWrite(answer => answer.IsSuccess ? WriteResult.Retry("Zendesk's answer can't be read") : Refusals.Of(answer));

        var (known, trouble) = await IsThereAsync(id, key, cancellation);
        if (trouble is not null)
            return trouble;
        if (known)
            return WriteResult.Written($"{id}/{key}");

        var ticket = new
        {
            comment = new { body = text, @public = false },
            metadata = new { cxo_key = key },
            safe_update = true,
            updated_stamp = stamp,
        };
        var answer = await client.SendAsync(ServiceRequest.Json(HttpMethod.Put, $"tickets/{id}.json", new { ticket }), cancellation);
        return answer.ToWrite(done => done switch
        {
            { IsSuccess: true } when done.TryJson(out _) => WriteResult.Written($"{id}/{key}"),
            { IsSuccess: true } => WriteResult.Retry("Zendesk's answer can't be read"),
            _ => Refusals.Of(done),
        });
    }

    private async Task<(bool Known, WriteResult? Trouble)> IsThereAsync(string id, string key, CancellationToken cancellation)
    {
        var path = $"tickets/{id}/audits.json?page[size]=100";
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.SendAsync(ServiceRequest.Get(path), cancellation);
            if (answer is not ServiceReply { IsSuccess: true } reply || !reply.TryJson(out var json))
                return (false, answer.ToWrite(read => read.IsSuccess ? WriteResult.Retry("Zendesk's answer can't be read") : Refusals.Of(read)));
            if (json.List("audits").Any(audit => audit.Find("metadata")?.Find("custom")?.Text("cxo_key") == key))
                return (true, null);
            if (json.Find("meta")?.Find("has_more") is not { ValueKind: JsonValueKind.True } || json.Find("links")?.Text("next") is not { } next)
                return (false, null);
            path = next;
        }

        return (false, WriteResult.Refused("too-many-updates", "The ticket has more updates than can be looked through."));
    }
}
