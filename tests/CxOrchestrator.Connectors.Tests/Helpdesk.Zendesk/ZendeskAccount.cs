using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.HelpdeskZendesk;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Helpdesk.Zendesk;

/// <summary>
/// A stand-in for a Zendesk account, held to the API reference: idempotency keys for two hours with an identical body, external ids that aren't unique, tags
/// that PUT adds, safe updates, audits with metadata, the incremental export by cursor.
/// </summary>
internal sealed class ZendeskAccount : IAsyncDisposable
{
    public const string Token = "zendesk-token-51";
    public const string WebhookSecret = "webhook-secret-52";

    private readonly Dictionary<string, (string Body, long Ticket, DateTimeOffset At)> _keys = [];
    private readonly List<JsonObject> _users = [];
    private readonly List<long> _changes = [];
    private readonly Dictionary<long, int> _stamps = [];
    private int _lastChange;
    private ScriptedHttpServer _server = null!;

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public List<JsonObject> Tickets { get; } = [];

    public Dictionary<long, List<JsonObject>> Audits { get; } = [];

    public IReadOnlyList<JsonObject> Users => _users;

    public ScriptedHttpServer Server => _server;

    /// <summary>Called before an update is made, as somebody else's update would come.</summary>
    public Action<JsonObject>? BeforeUpdate { get; set; }

    public static async Task<ZendeskAccount> StartAsync()
    {
        var account = new ZendeskAccount();
        account._server = await ScriptedHttpServer.StartAsync(account.Answer);
        return account;
    }

    public static IConnector Connect(ConnectionContext context, Uri url) => ((IPlugin)new ZendeskPlugin()).Connect(context, Settings(url));

    public static ZendeskSettings Settings(Uri url) => new()
    {
        BaseUrl = url,
        AgentEmail = "agent@shop.example",
        ApiToken = new Secret(Token),
        WebhookSecret = new Secret(WebhookSecret),
    };

    /// <summary>A webhook as Zendesk signs it.</summary>
    public static WebhookRequest Webhook(string body, string timestamp = "2026-03-02T12:00:00Z", string secret = WebhookSecret) => Webhook(Encoding.UTF8.GetBytes(body), timestamp, secret);

    /// <summary>The same with any bytes.</summary>
    public static WebhookRequest Webhook(byte[] bytes, string timestamp = "2026-03-02T12:00:00Z", string secret = WebhookSecret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. bytes];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return new WebhookRequest(
            "POST", new Uri("https://cx.example.com/hooks/desk"),
            [new("X-Zendesk-Webhook-Signature", signature), new("X-Zendesk-Webhook-Signature-Timestamp", timestamp), new("Content-Type", "application/json")], bytes);
    }

    public void Solve(long id)
    {
        Now += TimeSpan.FromMinutes(5);
        var ticket = Find(id)!;
        ticket["status"] = "solved";
        ticket["solved_at"] = Stamp();
        Touch(ticket);
    }

    public void Touch(JsonObject ticket)
    {
        Now += TimeSpan.FromSeconds(1);
        ticket["updated_at"] = Stamp();
        var id = ticket["id"]!.GetValue<long>();
        _changes.Remove(id);
        _changes.Add(id);
        _stamps[id] = ++_lastChange;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        var credentials = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"agent@shop.example/token:{Token}"));
        if (request.Header("Authorization") != credentials)
            return ScriptedReply.JsonText("""{"error":"Couldn't authenticate you"}""", 401);
        var path = request.Path.Replace("/api/v2/", "", StringComparison.Ordinal);
        return (request.Method, path.Split('/')) switch
        {
            ("GET", ["users", "me.json"]) => ScriptedReply.JsonText("""{"user":{"id":9,"role":"admin","email":"agent@shop.example"}}"""),
            ("GET", ["tickets.json"]) => List(request.Parameter("external_id")!),
            ("POST", ["tickets.json"]) => Create(request),
            ("POST", ["users", "create_or_update.json"]) => User(request),
            ("GET", ["tickets", var id]) => Show(Number(id)),
            ("PUT", ["tickets", var id]) => Update(Number(id), request.Json().GetProperty("ticket")),
            ("PUT", ["tickets", var id, "tags.json"]) => Tag(Number(id), request.Json().GetProperty("tags")),
            ("GET", ["tickets", var id, "audits.json"]) => Of(new JsonObject
            {
                ["audits"] = new JsonArray([.. Audits.GetValueOrDefault(Number(id), []).Select(audit => audit.DeepClone())]),
                ["meta"] = new JsonObject { ["has_more"] = false },
            }),
            ("GET", ["incremental", "tickets", "cursor.json"]) => Export(request),
            _ => ScriptedReply.JsonText("""{"error":"InvalidEndpoint"}""", 404),
        };
    }

    private ScriptedReply List(string externalId) =>
        Of(new JsonObject { ["tickets"] = new JsonArray([.. Tickets.Where(one => one["external_id"]?.GetValue<string>() == externalId).Select(one => one.DeepClone())]) });

    private ScriptedReply Create(RecordedRequest request)
    {
        var key = request.Header("Idempotency-Key");
        if (key is not null && _keys.TryGetValue(key, out var used) && Now - used.At < TimeSpan.FromHours(2))
        {
            return used.Body == request.Text()
                ? Of(new JsonObject { ["ticket"] = Find(used.Ticket)!.DeepClone() }, 201).With("x-idempotency-lookup", "hit")
                : ScriptedReply.JsonText("""{"error":"IdempotentRequestError","description":"The same key with another body"}""", 400);
        }

        var draft = JsonNode.Parse(request.Text())!["ticket"]!.AsObject();
        var id = Tickets.Count + 101L;
        var ticket = new JsonObject
        {
            ["id"] = id,
            ["subject"] = draft["subject"]!.DeepClone(),
            ["status"] = "new",
            ["external_id"] = draft["external_id"]?.DeepClone(),
            ["tags"] = draft["tags"]?.DeepClone() ?? new JsonArray(),
            ["due_at"] = draft["due_at"]?.DeepClone(),
            ["requester_id"] = Requester(draft),
            ["comment"] = draft["comment"]!.DeepClone(),
        };
        Tickets.Add(ticket);
        Touch(ticket);
        if (key is not null)
            _keys[key] = (request.Text(), id, Now);
        return Of(new JsonObject { ["ticket"] = ticket.DeepClone(), ["audit"] = new JsonObject() }, 201).With("x-idempotency-lookup", "miss");
    }

    private long Requester(JsonObject draft)
    {
        if (draft["requester_id"] is { } id)
            return id.GetValue<long>();
        var email = draft["requester"]!["email"]!.GetValue<string>();
        return UserBy("email", email, draft["requester"]!["name"]!.GetValue<string>());
    }

    private ScriptedReply User(RecordedRequest request)
    {
        var user = JsonNode.Parse(request.Text())!["user"]!;
        var before = _users.Count;
        var id = UserBy("external_id", user["external_id"]!.GetValue<string>(), user["name"]!.GetValue<string>());
        return Of(new JsonObject { ["user"] = new JsonObject { ["id"] = id } }, _users.Count > before ? 201 : 200);
    }

    private long UserBy(string field, string value, string name)
    {
        if (_users.FirstOrDefault(user => user[field]?.GetValue<string>() == value) is not { } known)
            _users.Add(known = new JsonObject { ["id"] = _users.Count + 500L, ["name"] = name, [field] = value });
        return known["id"]!.GetValue<long>();
    }

    private ScriptedReply Show(long id) =>
        Find(id) is { } ticket ? Of(new JsonObject { ["ticket"] = ticket.DeepClone() }) : ScriptedReply.JsonText("""{"error":"RecordNotFound"}""", 404);

    private ScriptedReply Update(long id, JsonElement change)
    {
        if (Find(id) is not { } ticket)
            return ScriptedReply.JsonText("""{"error":"RecordNotFound"}""", 404);
        if (ticket["status"]!.GetValue<string>() == "closed")
            return ScriptedReply.JsonText("""{"error":"RecordInvalid","description":"Status: closed prevents ticket update"}""", 422);
        BeforeUpdate?.Invoke(ticket);
        if (change.TryGetProperty("safe_update", out var safe) && safe.GetBoolean() && change.GetProperty("updated_stamp").GetString() != ticket["updated_at"]!.GetValue<string>())
            return ScriptedReply.JsonText("""{"error":"UpdateConflict"}""", 409);
        Audits.TryAdd(id, []);
        Audits[id].Add(new JsonObject
        {
            ["metadata"] = new JsonObject { ["custom"] = change.TryGetProperty("metadata", out var metadata) ? JsonNode.Parse(metadata.GetRawText()) : new JsonObject() },
            ["comment"] = JsonNode.Parse(change.GetProperty("comment").GetRawText()),
        });
        Touch(ticket);
        return Show(id);
    }

    private ScriptedReply Tag(long id, JsonElement tags)
    {
        if (Find(id) is not { } ticket)
            return ScriptedReply.JsonText("""{"error":"RecordNotFound"}""", 404);
        var all = ticket["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()).Union(tags.EnumerateArray().Select(tag => tag.GetString()!)).ToArray();
        ticket["tags"] = new JsonArray([.. all.Select(tag => (JsonNode)tag)]);
        Touch(ticket);
        return Of(new JsonObject { ["tags"] = ticket["tags"]!.DeepClone() });
    }

    private ScriptedReply Export(RecordedRequest request)
    {
        var since = request.Parameter("cursor") is { } cursor ? int.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(cursor)), CultureInfo.InvariantCulture) : 0;
        var page = _changes.Where(id => _stamps[id] > since).Take(100).Select(id => Find(id)!).ToList();
        var last = page.Count == 0 ? since : _stamps[page[^1]["id"]!.GetValue<long>()];
        return Of(new JsonObject
        {
            ["tickets"] = new JsonArray([.. page.Select(ticket => ticket.DeepClone())]),
            ["users"] = new JsonArray([.. _users.Select(user => user.DeepClone())]),
            ["metric_sets"] = new JsonArray([.. page.Select(ticket => new JsonObject { ["ticket_id"] = ticket["id"]!.DeepClone(), ["solved_at"] = ticket["solved_at"]?.DeepClone() })]),
            ["after_cursor"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(last.ToString(CultureInfo.InvariantCulture))),
            ["end_of_stream"] = page.Count < 100,
        });
    }

    private JsonObject? Find(long id) => Tickets.FirstOrDefault(ticket => ticket["id"]!.GetValue<long>() == id);

    private string Stamp() => Now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text.Replace(".json", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static ScriptedReply Of(JsonObject body, int status = 200) => ScriptedReply.JsonText(body.ToJsonString(), status);
}
