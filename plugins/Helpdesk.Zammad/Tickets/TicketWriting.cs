using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZammad.Tickets;

/// <summary>
/// Opens tickets, each once. Zammad has no idempotency and no external id: every ticket of ours is made with a tag of its own. The tag's name stands in the
/// database with the ticket, so that it tells for certain whether the ticket was made; the ticket's number comes from the search index, which lags.
/// </summary>
internal sealed class TicketWriting(ServiceClient client, ZammadSettings settings)
{
    // Longer than a request of ours may still be under way there, and than the search index usually lags.
    private static readonly TimeSpan UntilItShows = TimeSpan.FromSeconds(30);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly KeyedTurns _turns = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public Task<WriteResult> CreateAsync(TicketDraft draft, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _turns.TakeAsync(draft.Key, () => FindOrCreateAsync(draft, cancellation), cancellation);
    }

    public async Task<WriteResult> TagAsync(string ticketId, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        if (TicketReading.IdOf(ticketId) is not { } id)
            return WriteResult.Refused("not-found", $"'{ticketId}' is no ticket id of Zammad.");
        foreach (var tag in tags)
        {
            var body = new { item = TagOf(tag), @object = "Ticket", o_id = long.Parse(id, CultureInfo.InvariantCulture) };
            var answer = await client.SendAsync(ServiceRequest.Json(HttpMethod.Post, "tags/add", body), cancellation);
            if (answer is not ServiceReply { IsSuccess: true } reply || !reply.TryJson(out _))
                return answer.ToWrite(refused => refused.IsSuccess ? WriteResult.Retry("Zammad's answer can't be read") : Refusal(refused));
        }

        return WriteResult.Written(id);
    }

    /// <summary>What a reply that is no success means, where its status alone doesn't say it.</summary>
    public static WriteResult? Refusal(ServiceReply reply) => reply.Status == 404 ? WriteResult.Refused("not-found", "Zammad has no such ticket.") : null;

    private async Task<WriteResult> FindOrCreateAsync(TicketDraft draft, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_made.TryGetValue(draft.Key, out var id))
                return WriteResult.Written(id);
        }

        var mark = MarkOf(draft.Key);
        var search = await client.SendAsync(ServiceRequest.Get($"tag_search?term={mark}"), cancellation);
        if (search is not ServiceReply { IsSuccess: true } known || !known.TryJson(out var tags) || tags.ValueKind != JsonValueKind.Array)
            return Again(search, "Zammad does not say whether the ticket is there");
        return tags.EnumerateArray().Any(tag => tag.Text("value") == mark)
            ? await FindAsync(draft.Key, mark, cancellation)
            : await CreateAsync(draft, mark, cancellation);
    }

    private async Task<WriteResult> FindAsync(string key, string mark, CancellationToken cancellation)
    {
        var answer = await client.SendAsync(ServiceRequest.Get($"tickets/search?query=tags:{mark}&limit=10&expand=true"), cancellation);
        if (answer is not ServiceReply { IsSuccess: true } reply || !reply.TryJson(out var found))
            return Again(answer, "Zammad does not say which ticket it is");
        var id = TicketReading.Rows(found).Select(row => row.Number("id")).OfType<long>().Order().FirstOrDefault();
        return id > 0 ? Made(key, id) : WriteResult.Retry("the ticket is there, but not in Zammad's search yet", UntilItShows);
    }

    private async Task<WriteResult> CreateAsync(TicketDraft draft, string mark, CancellationToken cancellation)
    {
        // Zammad wants a customer; a ticket about somebody without an address is the agent's own, and says in its note whom it is about.
        var (customer, trouble) = string.IsNullOrWhiteSpace(draft.PersonEmail) ? await OurselvesAsync(cancellation) : ($"guess:{draft.PersonEmail}", null);
        if (trouble is not null)
            return trouble;
        var request = new ServiceRequest(HttpMethod.Post, "tickets?expand=true") { Content = JsonContent.Create(Form(draft, mark, customer!), options: Json) };
        var answer = await client.SendAsync(request, cancellation);
        if (answer is ServiceSilence { MayHaveArrived: true } silence)
            return WriteResult.Retry(silence.Text, UntilItShows);
        return answer.ToWrite(reply => reply switch
        {
            { IsSuccess: true } when reply.TryJson(out var json) && json.Number("id") is { } id => Made(draft.Key, id),
            { IsSuccess: true } or { Status: >= 500 } => WriteResult.Retry($"{reply.Summary}, and does not say which ticket it made", reply.RetryAfter ?? UntilItShows),
            { Status: 422 } => WriteResult.Refused("http-422", "Zammad refuses the ticket: check Group, Priority and the required fields of tickets there."),
            _ => null,
        });
    }

    private async Task<(string? Id, WriteResult? Trouble)> OurselvesAsync(CancellationToken cancellation)
    {
        var answer = await client.SendAsync(ServiceRequest.Get("users/me"), cancellation);
        return answer is ServiceReply { IsSuccess: true } reply && reply.TryJson(out var json) && json.Text("id") is { } id
            ? (id, null)
            : (null, Again(answer, "Zammad does not say who we are there"));
    }

    private object Form(TicketDraft draft, string mark, string customer) => new
    {
        title = draft.Subject,
        group = settings.Group,
        priority = settings.Priority,
        // "guess:" finds the customer by e-mail address, or makes one.
        customer_id = customer,
        owner = draft.Owner.Contains('@') ? draft.Owner : null,
        tags = string.Join(',', new[] { settings.Tag, mark }.Concat(draft.Tags.Select(TagOf)).Distinct(StringComparer.Ordinal)),
        article = new
        {
            subject = draft.Subject,
            body = string.Create(
                CultureInfo.InvariantCulture,
                $"{draft.Body}\n\nOwner: {draft.Owner}\nTo be put right by: {draft.Due.ToUniversalTime():yyyy-MM-dd HH:mm} UTC\nCustomer: {draft.PersonName} {draft.PersonId}"),
            content_type = "text/plain",
            // An article of type email would be sent, even where it is internal.
            type = "note",
            @internal = true,
        },
    };

    private WriteResult Made(string key, long id)
    {
        var text = id.ToString(CultureInfo.InvariantCulture);
        lock (_gate)
        {
            // What was made a moment ago is not in the search yet; what was made long ago is.
            if (_made.TryAdd(key, text))
                _order.Enqueue(key);
            if (_order.Count > 10_000)
                _made.Remove(_order.Dequeue());
        }

        return WriteResult.Written(text);
    }

    private static WriteResult Again(ServiceAnswer answer, string otherwise) =>
        answer is ServiceReply { IsSuccess: true } ? WriteResult.Retry(otherwise) : answer.ToWrite(_ => null);

    // A digest, because keys may hold what a search would take apart.
    private static string MarkOf(string key) => "cxo" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..24];

    private static string TagOf(string label) => label.Trim().Replace(',', ' ');
}
