using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Connectors.Tests.Kit.Suites;

/// <summary>A connector that keeps every promise, but for the lapses that it is made with.</summary>
internal sealed class LedgerConnector(Uri url, Lapse lapse) : IConnector, ISmsSender, ISendLookup, ICrmReader, ICrmWriter, ISetup, IWebhookReceiver
{
    public const string WebhookSecret = "battery-staple-8";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly ServiceClient _service = new(new ServiceClientOptions
    {
        BaseUrl = url,
        Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(new("Bearer", Ledger.Key)),
    });

    private bool _disposed;

    public int BatchSize => 20;

    public async Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (message.To.Length < 5 || message.To[0] != '+')
            return SendResult.Rejected("number", "no number", addressInvalid: true);
        var answer = await AskAsync(ServiceRequest.Json(HttpMethod.Post, "texts", new { message.Key, message.To, message.Text }, Web), cancellation);
        if (answer is ServiceSilence or ServiceReply { Status: >= 500 } && Has(Lapse.TakesSilenceForNo))
            return SendResult.Deferred("nothing came back");
        if (answer is not ServiceReply { Status: 201 } && Has(Lapse.TakesOutagesForRefusals))
            return SendResult.Rejected("failed", "it failed");
        if (answer is ServiceReply { Status: 429 } && Has(Lapse.ForgetsTheWait))
            return SendResult.Deferred("later");
        if (answer is ServiceSilence && Has(Lapse.TellsTheSecret))
            return SendResult.Unknown($"no answer to Bearer {Ledger.Key}");
        return answer.ToSend(reply => (reply.Status == 201 && reply.TryJson(out _)) || (Has(Lapse.TakesAnythingForYes) && reply.IsSuccess) ? SendResult.Accepted("id") : null);
    }

    public async Task<SendResult> LookUpAsync(SendQuery query, CancellationToken cancellation)
    {
        if (Has(Lapse.LooksBySending))
            return await SendAsync(new SmsMessage(query.Key, query.To, query.Text ?? ""), cancellation);
        var answer = await AskAsync(ServiceRequest.Get($"texts?key={query.Key}"), cancellation);
        if (answer is ServiceReply { Status: 200 } reply && reply.TryJson(out var found) && found.ValueKind == JsonValueKind.Array)
            return found.GetArrayLength() > 0 ? SendResult.Accepted() : SendResult.Deferred("the service has never seen it");
        return Has(Lapse.TakesSilenceForNo) ? SendResult.Deferred("not found") : SendResult.Unknown("the service does not tell");
    }

    public async Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var results = new List<WriteResult>();
        foreach (var change in changes)
        {
            var key = Has(Lapse.ForgetsTheKey) ? "none" : change.Key;
            var body = new { change.Key, person = change.PersonId, change.Values };
            var answer = await AskAsync(ServiceRequest.Json(HttpMethod.Put, $"changes/{key}", body, Web), cancellation);
            if (answer is not ServiceReply { Status: 200 } && Has(Lapse.TakesOutagesForRefusals))
                results.Add(WriteResult.Refused("failed", "it failed"));
            else
                results.Add(answer.ToWrite(reply => reply.Status == 200 && (reply.TryJson(out _) || Has(Lapse.TakesAnythingForYes)) ? WriteResult.Written(key) : null));
        }

        return results;
    }

    public async Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation)
    {
        var answer = await AskAsync(ServiceRequest.Get($"people/{Uri.EscapeDataString(id)}"), cancellation);
        if (answer is not ServiceReply { Status: 200 } && Has(Lapse.TakesOutagesForNothing))
            return null;
        var reply = answer.Reply(also: 404);
        return reply.Status == 404 ? null : reply.Json().Deserialize<CrmPerson>(Web);
    }

    public async Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        var (people, next) = await FeedAsync(cursor, cancellation);
        return people.Count == 0 ? new Page<CrmPerson>([], null) : new Page<CrmPerson>(people, next);
    }

    public async Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation)
    {
        if (segment != "all")
            throw new ArgumentException($"there is no segment '{segment}'", nameof(segment));
        var (people, next) = await FeedAsync(cursor, cancellation);
        return new Page<CrmPerson>(people, people.Count < 200 ? null : next);
    }

    public async Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation)
    {
        var answer = await AskAsync(ServiceRequest.Get("setup"), cancellation);
        var there = answer is ServiceReply { Status: 200 } reply && reply.TryJson(out var json) && json.ValueKind == JsonValueKind.Array
            ? json.EnumerateArray().Select(item => item.GetString()).ToList()
            : Has(Lapse.TakesOutagesForNothing) ? [] : null;
        return [.. new[] { "table", "column" }.Select(id => new SetupItem(id, $"The {id}", StateOf(id), "Make it.", CanCreate: true))];

        SetupState StateOf(string id) => there is null ? SetupState.Unclear : there.Contains(id) ? SetupState.Present : SetupState.Missing;
    }

    public async Task<WriteResult> CreateAsync(string itemId, CancellationToken cancellation)
    {
        var items = await InspectAsync(cancellation);
        if (items.FirstOrDefault(item => item.Id == itemId) is not { } wanted)
            return WriteResult.Refused("unknown", "there is no such item");
        if (wanted.State == SetupState.Present && !Has(Lapse.MakesItTwice))
            return WriteResult.Written(itemId);
        return (await AskAsync(new ServiceRequest(HttpMethod.Put, $"setup/{itemId}"), cancellation)).ToWrite(reply => reply.IsSuccess ? WriteResult.Written(itemId) : null);
    }

    public Task<SetupFile?> DescribeAsync(CancellationToken cancellation) => Task.FromResult<SetupFile?>(new SetupFile(
        "ledger.txt", Encoding.UTF8.GetBytes(Has(Lapse.TellsTheSecret) ? $"key={Ledger.Key}" : "make a table and a column")));

    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Has(Lapse.ParsesFirst))
            _ = JsonElement.Parse(request.Body.Span);
        byte[] signed = [.. Encoding.UTF8.GetBytes(request.Url.AbsoluteUri), .. request.Body.Span];
        if (request.Header("X-Signature") != Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookSecret), signed)) && !Has(Lapse.TrustsEverybody))
            return Task.FromResult(WebhookResult.Refused);
        try
        {
            var json = JsonElement.Parse(request.Body.Span);
            var id = Has(Lapse.NumbersEventsAnew) ? Stopwatch() : json.GetProperty("id").GetString()!;
            return Task.FromResult(WebhookResult.Taken(new ConnectorEvent(id, ServiceFacts.MessageReplied, "", json.GetProperty("at").GetDateTimeOffset(), json)));
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Task.FromResult(new WebhookResult(true, [], 400));
        }
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _service.Dispose();
        return ValueTask.CompletedTask;
    }

    public override string ToString() => Has(Lapse.TellsTheSecret) ? $"ledger with {Ledger.Key}" : $"ledger{(_disposed ? ", ended" : "")}";

    private static string Stopwatch() => System.Diagnostics.Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);

    private bool Has(Lapse one) => lapse.HasFlag(one);

    private async Task<ServiceAnswer> AskAsync(ServiceRequest request, CancellationToken cancellation)
    {
        if (!Has(Lapse.CannotBeCancelled))
            return await _service.SendAsync(request, cancellation);
        try
        {
            return await _service.SendAsync(request, cancellation);
        }
        catch (OperationCanceledException)
        {
            return new ServiceSilence(false, "given up");
        }
    }

    private async Task<(List<CrmPerson> People, string Next)> FeedAsync(string? cursor, CancellationToken cancellation)
    {
        var answer = await AskAsync(ServiceRequest.Get($"feed/{cursor ?? "0"}"), cancellation);
        if (answer is not ServiceReply { Status: 200 } && Has(Lapse.TakesOutagesForNothing))
            return ([], cursor ?? "0");
        var page = answer.Reply().Json();
        return (page.GetProperty("people").Deserialize<List<CrmPerson>>(Web)!, page.GetProperty("next").GetRawText());
    }
}
