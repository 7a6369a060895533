using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.GenericHttp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Generic.Http;

/// <summary>A service that can do all that a description can describe, with the description of it.</summary>
internal sealed class AnyService : IAsyncDisposable
{
    public const string Key = "any-key-71";
    public const string WebhookKey = "any-hook-72";

    /// <summary>Its description, as an admin would write it.</summary>
    public const string Description = """
        service: Any service
        auth: { kind: header, name: X-Api-Key }
        operations:
          probe: { path: probe }
          findPerson: { path: "people/{id}" }
          changedPeople: { path: people, query: { since: "= cursor", skip: "= (page - 1) * 200", take: 200 }, items: body.people, since: item.changed + "", from: "0" }
          segmentPeople: { path: "segments/{segment}", query: { after: "= cursor" }, items: body.people, next: body.next }
          sendSms: { method: POST, path: messages, json: { key: "= message.key", to: "= message.to", text: "= message.text" }, id: body.id }
          createTicket: { method: PUT, path: "tickets/{ticket.key}", json: { subject: "= ticket.subject", body: "= ticket.body" }, id: body.id }
          commentTicket: { method: PUT, path: "tickets/{id}/comments/{comment.key}", json: { text: "= comment.text" } }
          findTicket: { path: "tickets/{id}" }
          changedTickets: { path: tickets, query: { since: "= cursor", skip: "= (page - 1) * 200", take: 200 }, items: body.tickets, since: item.changed + "", from: "0" }
        person:
          id: item.id
          name: item.name
          givenName: item.given
          email: item.email
          phone: item.phone
          locale: item.locale
          timeZone: item.zone
        ticket: { id: item.id, subject: item.subject, state: item.state, changedAt: item.at }
        changes:
          message: &change
            method: PUT
            path: "people/{change.person}/changes/{change.key}"
            json: { kind: "= change.kind", title: "= change.title", values: "= change.values" }
          answer: *change
          score: *change
          case: *change
          fields: *change
          consent: *change
        webhook:
          check: { kind: hmac, name: X-Signature, algorithm: sha256, encoding: hex, prefix: "sha256=", over: "{header:X-Time}.{body}" }
          facts:
            - when: item.text
              id: "'in/' + item.id"
              type: "'message.replied'"
              time: item.at
              address: item.from
              data: { text: item.text, channel: "'sms'" }
        """;

    private readonly List<JsonObject> _people = [];
    private readonly List<JsonObject> _tickets = [];
    private int _changes;
    private ScriptedHttpServer _server = null!;

    public ScriptedHttpServer Server => _server;

    public List<SmsMessage> Messages { get; } = [];

    public IReadOnlyList<JsonObject> Tickets => _tickets;

    public Dictionary<string, JsonObject> Changes { get; } = [];

    public static async Task<AnyService> StartAsync()
    {
        var service = new AnyService();
        service._server = await ScriptedHttpServer.StartAsync(service.Answer);
        return service;
    }

    public static GenericSettings Settings(string folder, Uri url, string description = Description)
    {
        var file = Path.Combine(folder, "service.yaml");
        File.WriteAllText(file, description);
        return new GenericSettings { Description = file, BaseUrl = url, Secret = new Secret(Key), WebhookSecret = new Secret(WebhookKey) };
    }

    public static IConnector Connect(ConnectionContext context, Uri url) => ((IPlugin)new GenericPlugin()).Connect(context, Settings(context.DataFolder, url));

    public static WebhookRequest Webhook(byte[] body, string key = WebhookKey)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes("17."), .. body];
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));
        return new WebhookRequest("POST", new Uri("https://cx.example.com/hooks/any"), [new("X-Signature", signature), new("X-Time", "17")], body);
    }

    public string Put(CrmPerson person)
    {
        _people.RemoveAll(one => one["id"]!.GetValue<string>() == person.Id);
        _people.Add(new JsonObject
        {
            ["id"] = person.Id,
            ["name"] = person.Name,
            ["given"] = person.GivenName,
            ["email"] = person.Email,
            ["phone"] = person.Phone,
            ["locale"] = person.Locale,
            ["zone"] = person.TimeZone,
            // Several people share a moment, as where a CRM counts in seconds.
            ["changed"] = ++_changes / 7,
        });
        return person.Id;
    }

    public void Solve(string id)
    {
        var ticket = _tickets.Single(one => one["id"]!.GetValue<string>() == id);
        ticket["state"] = "solved";
        Touch(ticket);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        if (request.Header("X-Api-Key") != Key)
            return ScriptedReply.JsonText("""{"error":"who are you"}""", 401);
        var parts = request.Path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        return (request.Method, parts) switch
        {
            ("GET", ["probe"]) => ScriptedReply.JsonText("{}"),
            ("GET", ["people"]) => Feed(_people, "people", request),
            ("GET", ["people", var id]) => One(_people, id),
            ("GET", ["segments", "everybody"]) => Segment(request),
            ("POST", ["messages"]) => Send(JsonNode.Parse(request.Text())!),
            ("PUT", ["people", _, "changes", var key]) => Change(key, JsonNode.Parse(request.Text())!.AsObject()),
            ("GET", ["tickets"]) => Feed(_tickets, "tickets", request),
            ("GET", ["tickets", var id]) => One(_tickets, id),
            ("PUT", ["tickets", var key]) => Open(key, JsonNode.Parse(request.Text())!),
            ("PUT", ["tickets", var id, "comments", var key]) => Comment(id, key, JsonNode.Parse(request.Text())!),
            _ => ScriptedReply.JsonText("""{"error":"no such thing"}""", 404),
        };
    }

    private static ScriptedReply Feed(List<JsonObject> all, string name, RecordedRequest request)
    {
        var since = int.Parse(request.Parameter("since")!, CultureInfo.InvariantCulture);
        var skip = int.Parse(request.Parameter("skip")!, CultureInfo.InvariantCulture);
        var found = all.Where(one => one["changed"]!.GetValue<int>() >= since).OrderBy(one => one["changed"]!.GetValue<int>()).Skip(skip).Take(200);
        return Of(new JsonObject { [name] = new JsonArray([.. found.Select(one => one.DeepClone())]) });
    }

    private ScriptedReply Segment(RecordedRequest request)
    {
        var after = int.Parse(request.Parameter("after") ?? "0", CultureInfo.InvariantCulture);
        return Of(new JsonObject
        {
            ["people"] = new JsonArray([.. _people.Skip(after).Take(100).Select(one => one.DeepClone())]),
            ["next"] = after + 100 < _people.Count ? (after + 100).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private ScriptedReply Send(JsonNode message)
    {
        Messages.Add(new SmsMessage(message["key"]!.GetValue<string>(), message["to"]!.GetValue<string>(), message["text"]!.GetValue<string>()));
        return ScriptedReply.JsonText($$"""{"id":"m-{{Messages.Count}}"}""", 201);
    }

    private ScriptedReply Change(string key, JsonObject change)
    {
        Changes[key] = change;
        return ScriptedReply.Empty();
    }

    private ScriptedReply Open(string key, JsonNode draft)
    {
        if (_tickets.FirstOrDefault(one => one["key"]!.GetValue<string>() == key) is not { } ticket)
        {
            _tickets.Add(ticket = new JsonObject { ["id"] = $"T-{_tickets.Count + 1}", ["key"] = key, ["subject"] = draft["subject"]!.DeepClone(), ["state"] = "new", ["comments"] = new JsonObject() });
            Touch(ticket);
        }

        return Of(ticket);
    }

    private ScriptedReply Comment(string id, string key, JsonNode comment)
    {
        if (_tickets.FirstOrDefault(one => one["id"]!.GetValue<string>() == id) is not { } ticket)
            return ScriptedReply.JsonText("""{"error":"no such ticket"}""", 404);
        ticket["comments"]![key] = comment["text"]!.DeepClone();
        Touch(ticket);
        return ScriptedReply.JsonText("{}");
    }

    private void Touch(JsonObject ticket)
    {
        ticket["changed"] = ++_changes;
        ticket["at"] = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddSeconds(_changes).ToString("O", CultureInfo.InvariantCulture);
        _tickets.Remove(ticket);
        _tickets.Add(ticket);
    }

    private static ScriptedReply One(List<JsonObject> all, string id) =>
        all.FirstOrDefault(one => one["id"]!.GetValue<string>() == id) is { } found ? Of(found) : ScriptedReply.JsonText("""{"error":"no such thing"}""", 404);

    private static ScriptedReply Of(JsonNode body) => ScriptedReply.JsonText(body.ToJsonString());
}
