using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZammad.Tickets;

/// <summary>Adds internal notes, each once: a note's subject carries a digest of our key, and the ticket's notes are looked through before one is added.</summary>
internal sealed class Commenting(ServiceClient client)
{
    private static readonly TimeSpan UntilItShows = TimeSpan.FromSeconds(30);

    private readonly KeyedTurns _turns = new();

    public Task<WriteResult> CommentAsync(string ticketId, string key, string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return TicketReading.IdOf(ticketId) is { } id
            ? _turns.TakeAsync(id + "/" + key, () => FindOrAddAsync(id, key, text, cancellation), cancellation)
            : Task.FromResult(WriteResult.Refused("not-found", $"'{ticketId}' is no ticket id of Zammad."));
    }

    private async Task<WriteResult> FindOrAddAsync(string id, string key, string text, CancellationToken cancellation)
    {
        var subject = "cxo-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        var read = await client.SendAsync(ServiceRequest.Get($"ticket_articles/by_ticket/{id}"), cancellation);
        if (read is not ServiceReply { IsSuccess: true } reply || !reply.TryJson(out var articles) || articles.ValueKind != JsonValueKind.Array)
            return read.ToWrite(answer => answer.IsSuccess ? WriteResult.Retry("Zammad's answer can't be read") : TicketWriting.Refusal(answer));
        if (articles.EnumerateArray().FirstOrDefault(article => article.Text("subject") == subject) is { ValueKind: JsonValueKind.Object } known)
            return WriteResult.Written(known.Text("id") ?? subject);

        var article = new
        {
            ticket_id = long.Parse(id, CultureInfo.InvariantCulture),
            subject,
            body = text,
            content_type = "text/plain",
            type = "note",
            @internal = true,
        };
        var answer = await client.SendAsync(ServiceRequest.Json(HttpMethod.Post, "ticket_articles", article), cancellation);
        return answer is ServiceSilence { MayHaveArrived: true } silence
            ? WriteResult.Retry(silence.Text, UntilItShows)
            : answer.ToWrite(done => done switch
            {
                { IsSuccess: true } when done.TryJson(out var json) => WriteResult.Written(json.Text("id") ?? subject),
                { IsSuccess: true } => WriteResult.Retry("Zammad's answer can't be read", UntilItShows),
                { Status: >= 500 } => WriteResult.Retry(done.Summary, done.RetryAfter ?? UntilItShows),
                _ => TicketWriting.Refusal(done),
            });
    }
}
