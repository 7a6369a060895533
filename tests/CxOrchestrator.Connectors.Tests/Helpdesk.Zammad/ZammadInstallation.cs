using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.HelpdeskZammad;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Helpdesk.Zammad;

/// <summary>
/// A stand-in for a Zammad, held to its documentation: no idempotency, tags whose names are searched in the database at once, and a ticket search that lags
/// behind by as many tickets as a test says.
/// </summary>
internal sealed class ZammadInstallation : IAsyncDisposable
{
    public const string Token = "zammad-token-61";
    public const string WebhookToken = "zammad-hook-62";

    private ScriptedHttpServer _server = null!;
    private DateTimeOffset _now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public List<JsonObject> Tickets { get; } = [];

    public List<JsonObject> Articles { get; } = [];

    /// <summary>Ids that are not in the search yet.</summary>
    public HashSet<long> NotIndexed { get; } = [];

    /// <summary>New tickets come into the search only when a test says so.</summary>
    public bool Lags { get; set; }

    public ScriptedHttpServer Server => _server;

    public static async Task<ZammadInstallation> StartAsync()
    {
        var installation = new ZammadInstallation();
        installation._server = await ScriptedHttpServer.StartAsync(installation.Answer);
        return installation;
    }

    public static IConnector Connect(ConnectionContext context, Uri url) => ((IPlugin)new ZammadPlugin()).Connect(context, Settings(url));

    public static ZammadSettings Settings(Uri url) => new()
    {
        BaseUrl = url,
        AccessToken = new Secret(Token),
        WebhookToken = new Secret(WebhookToken),
    };

    /// <summary>A webhook as Zammad signs it.</summary>
    public static WebhookRequest Webhook(string body, string token = WebhookToken) => Webhook(Encoding.UTF8.GetBytes(body), token);

    /// <summary>The same with any bytes.</summary>
    public static WebhookRequest Webhook(byte[] bytes, string token = WebhookToken)
    {
#pragma warning disable CA5350 // As the service does it.
        var signature = "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), bytes));
#pragma warning restore CA5350
        return new WebhookRequest("POST", new Uri("https://cx.example.com/hooks/desk"), [new("X-Hub-Signature", signature), new("X-Zammad-Delivery", "17")], bytes);
    }

    public void Solve(long id)
    {
        var ticket = Find(id)!;
        ticket["state"] = "closed";
        Touch(ticket);
        ticket["close_at"] = ticket["updated_at"]!.DeepClone();
    }

    public void Touch(JsonObject ticket)
    {
        _now += TimeSpan.FromSeconds(1);
        ticket["updated_at"] = Stamp();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        if (request.Header("Authorization") != $"Token token={Token}")
            return ScriptedReply.JsonText("""{"error":"Invalid token"}""", 401);
        var path = request.Path.Replace("/api/v1/", "", StringComparison.Ordinal);
        return (request.Method, path.Split('/')) switch
        {
            ("GET", ["users", "me"]) => ScriptedReply.JsonText("""{"id":3,"email":"agent@shop.example"}"""),
            ("GET", ["tag_search"]) => TagSearch(request.Parameter("term")!),
            ("GET", ["tickets", "search"]) => Search(request),
            ("POST", ["tickets"]) => Create(JsonNode.Parse(request.Text())!.AsObject()),
            ("GET", ["tickets", var id]) => Find(Number(id)) is { } ticket ? Of(ticket) : Missing(),
            ("POST", ["tags", "add"]) => Tag(JsonNode.Parse(request.Text())!.AsObject()),
            ("GET", ["ticket_articles", "by_ticket", var id]) => Find(Number(id)) is null ? Missing() : Of(ArticlesOf(Number(id))),
            ("POST", ["ticket_articles"]) => AddArticle(JsonNode.Parse(request.Text())!.AsObject()),
            _ => Missing(),
        };
    }

    public IEnumerable<JsonObject> NotesOf(long ticket) => Articles.Where(article => article["ticket_id"]!.GetValue<long>() == ticket).Skip(1);

    private JsonArray ArticlesOf(long ticket) => new([.. Articles.Where(article => article["ticket_id"]!.GetValue<long>() == ticket).Select(article => article.DeepClone())]);

    private ScriptedReply TagSearch(string term) => Of(new JsonArray(
        [.. Tickets.SelectMany(Tags).Distinct().Where(tag => tag.Contains(term, StringComparison.Ordinal)).Select((tag, at) => new JsonObject { ["id"] = at + 1, ["value"] = tag })]));

    private ScriptedReply Search(RecordedRequest request)
    {
        var query = request.Parameter("query")!;
        var found = Tickets.Where(ticket => !NotIndexed.Contains(Id(ticket)));
        if (query.StartsWith("tags:", StringComparison.Ordinal))
            found = found.Where(ticket => Tags(ticket).Contains(query[5..]));
        if (query.StartsWith("updated_at:[", StringComparison.Ordinal))
        {
            var from = DateTimeOffset.Parse(query[12..query.IndexOf(" TO", StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            found = found.Where(ticket => DateTimeOffset.Parse(ticket["updated_at"]!.GetValue<string>(), CultureInfo.InvariantCulture) >= from);
        }

        if (query.EndsWith("state.name:closed", StringComparison.Ordinal))
            found = found.Where(ticket => ticket["state"]!.GetValue<string>() == "closed");
        var size = int.Parse(request.Parameter("per_page") ?? request.Parameter("limit")!, CultureInfo.InvariantCulture);
        var page = int.Parse(request.Parameter("page") ?? "1", CultureInfo.InvariantCulture);
        return Of(new JsonArray([.. found.OrderBy(ticket => ticket["updated_at"]!.GetValue<string>(), StringComparer.Ordinal)
            .Skip((page - 1) * size).Take(size).Select(ticket => ticket.DeepClone())]));
    }

    private ScriptedReply Create(JsonObject draft)
    {
        if (draft["group"]?.GetValue<string>() != "Users" || draft["customer_id"] is null)
            return ScriptedReply.JsonText("""{"error":"No lookup value found for 'group'"}""", 422);
        var id = Tickets.Count + 41L;
        var customer = draft["customer_id"]!.GetValue<string>();
        var ticket = new JsonObject
        {
            ["id"] = id,
            ["title"] = draft["title"]!.DeepClone(),
            ["state"] = "new",
            ["owner"] = "-",
            ["customer_id"] = 70 + id,
            ["customer"] = customer.Replace("guess:", "", StringComparison.Ordinal),
            ["tags"] = draft["tags"]!.DeepClone(),
        };
        Touch(ticket);
        Tickets.Add(ticket);
        if (Lags)
            NotIndexed.Add(id);
        var article = draft["article"]!.DeepClone().AsObject();
        article["ticket_id"] = id;
        Articles.Add(article);
        return Of(ticket, 201);
    }

    private ScriptedReply Tag(JsonObject body)
    {
        if (Find(body["o_id"]!.GetValue<long>()) is not { } ticket)
            return Missing();
        ticket["tags"] = string.Join(',', Tags(ticket).Append(body["item"]!.GetValue<string>()).Distinct());
        return ScriptedReply.JsonText("true", 201);
    }

    private ScriptedReply AddArticle(JsonObject article)
    {
        if (Find(article["ticket_id"]!.GetValue<long>()) is not { } ticket)
            return Missing();
        article["id"] = Articles.Count + 900;
        Articles.Add(article);
        Touch(ticket);
        return Of(article, 201);
    }

    private JsonObject? Find(long id) => Tickets.FirstOrDefault(ticket => Id(ticket) == id);

    private string Stamp() => _now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static long Id(JsonObject ticket) => ticket["id"]!.GetValue<long>();

    private static IEnumerable<string> Tags(JsonObject ticket) => ticket["tags"]!.GetValue<string>().Split(',');

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static ScriptedReply Missing() => ScriptedReply.JsonText("""{"error":"Couldn't find Ticket"}""", 404);

    private static ScriptedReply Of(JsonNode body, int status = 200) => ScriptedReply.JsonText(body.ToJsonString(), status);
}
