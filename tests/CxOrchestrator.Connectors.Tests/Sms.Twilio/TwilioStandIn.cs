using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>Twilio's Messages API as its reference describes it, in memory. Prism holds its answers against Twilio's own description.</summary>
internal sealed class TwilioStandIn(TimeProvider time) : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "9f86d081884c7d659a2feaa0c55ad015";
    public const string KeySid = "SK0123456789abcdef0123456789abcdef";
    public const string KeySecret = "hunter2-of-the-key";
    public const string ServiceSid = "MG0123456789abcdef0123456789abcdef";

    private const string Root = $"/2010-04-01/Accounts/{AccountSid}";

    private readonly Dictionary<string, List<StoredMessage>> _byAddress = [];
    private readonly List<StoredMessage> _messages = [];

    public ScriptedHttpServer Server { get; private set; } = null!;

    /// <summary>In the order of their creation.</summary>
    public IReadOnlyList<StoredMessage> Messages => _messages;

    /// <summary>Numbers that have said STOP.</summary>
    public HashSet<string> OptedOut { get; } = [];

    public string AccountStatus { get; set; } = "active";

    /// <summary>Takes a message and answers 500 all the same, where this says so.</summary>
    public Func<bool> FailsAfterTaking { get; set; } = () => false;

    public static async Task<TwilioStandIn> StartAsync(TimeProvider time)
    {
        var standIn = new TwilioStandIn(time);
        standIn.Server = await ScriptedHttpServer.StartAsync(standIn.Answer);
        return standIn;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Puts a message on the list, as somebody else who uses the account would.</summary>
    public StoredMessage Put(StoredMessage message)
    {
        message.Sid = string.Create(CultureInfo.InvariantCulture, $"SM{_messages.Count + 1:x32}");
        message.Created = message.Updated = time.GetUtcNow();
        _messages.Add(message);
        if (!_byAddress.TryGetValue(message.To, out var list))
            _byAddress[message.To] = list = [];
        list.Add(message);
        return message;
    }

    /// <summary>Moves a message on.</summary>
    public void Move(StoredMessage message, string status, int? errorCode = null, string? price = null)
    {
        (message.Status, message.ErrorCode, message.Updated) = (status, errorCode, time.GetUtcNow());
        message.Price = price ?? message.Price;
        if (status is "sent" or "delivered" or "undelivered" or "read")
            message.Sent ??= message.Updated;
    }

    private ScriptedReply Answer(RecordedRequest request)
    {
        if (!IsSignedIn(request.Header("Authorization")))
            return Error(401, 20003);
        return (request.Method, request.Path) switch
        {
            ("POST", $"{Root}/Messages.json") => Create(request.Form().ToDictionary(field => field.Key, field => field.Value)),
            ("GET", $"{Root}/Messages.json") => List(request),
            ("GET", $"{Root}.json") => ScriptedReply.Json(new JsonObject { ["sid"] = AccountSid, ["status"] = AccountStatus }),
            _ => Error(404, 20404),
        };
    }

    private static bool IsSignedIn(string? header) => header is not null
        && new[] { $"{AccountSid}:{AuthToken}", $"{KeySid}:{KeySecret}" }
            .Any(pair => header == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));

    private ScriptedReply Create(Dictionary<string, string> form)
    {
        var number = form["To"].Replace("whatsapp:", "", StringComparison.Ordinal);
        if (!number.StartsWith('+'))
            return Error(400, 21211);
        if (OptedOut.Contains(number))
            return Error(400, 21610);
        var service = form.GetValueOrDefault("MessagingServiceSid");
        var message = Put(new StoredMessage
        {
            To = form["To"],
            From = form.GetValueOrDefault("From"),
            Service = service,
            Body = form.GetValueOrDefault("Body") ?? $"Hello! {JsonNode.Parse(form["ContentVariables"])!["1"]} Yours, the shop",
            Status = service is null ? "queued" : "accepted",
            Callback = form.GetValueOrDefault("StatusCallback") is { } url ? new Uri(url) : null,
        });
        return FailsAfterTaking() ? Error(500, 20500) : ScriptedReply.Json(Shown(message), 201);
    }

    // Worst case of what the reference leaves open: a message that was not sent yet has no date, and a filter by date leaves it out.
    private ScriptedReply List(RecordedRequest request)
    {
        var size = int.Parse(request.Parameter("PageSize")!, CultureInfo.InvariantCulture);
        var start = int.Parse(request.Parameter("Page") ?? "0", CultureInfo.InvariantCulture) * size;
        var since = request.Parameter("DateSent>") is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        IReadOnlyList<StoredMessage> all = request.Parameter("To") is { } to ? _byAddress.GetValueOrDefault(to) ?? [] : _messages;
        var found = all.Reverse().Where(message => since is null || message.Sent >= since).ToList();
        var query = request.Target.Split('?', 2)[1].Split("&Page=", 2)[0];
        var page = found.Skip(start).Take(size).ToList();
        var number = start / size;
        return ScriptedReply.Json(new JsonObject
        {
            ["end"] = Math.Max(0, start + page.Count - 1),
            ["first_page_uri"] = $"{Root}/Messages.json?{query}&Page=0",
            ["next_page_uri"] = start + size < found.Count ? $"{Root}/Messages.json?{query}&Page={number + 1}&PageToken=PA{page[^1].Sid}" : null,
            ["page"] = number,
            ["page_size"] = size,
            ["previous_page_uri"] = number == 0 ? null : $"{Root}/Messages.json?{query}&Page={number - 1}&PageToken=PB{found[start].Sid}",
            ["messages"] = new JsonArray([.. page.Select(Shown)]),
            ["start"] = start,
            ["uri"] = request.Target,
        });
    }

    private static JsonObject Shown(StoredMessage message) => new()
    {
        ["account_sid"] = AccountSid,
        ["api_version"] = "2010-04-01",
        ["body"] = message.Body,
        ["date_created"] = Date(message.Created),
        ["date_sent"] = message.Sent is { } sent ? Date(sent) : null,
        ["date_updated"] = Date(message.Updated),
        ["direction"] = message.IsInbound ? "inbound" : "outbound-api",
        ["error_code"] = message.ErrorCode,
        ["error_message"] = message.ErrorCode is null ? null : "It did not arrive",
        ["from"] = message.From,
        ["messaging_service_sid"] = message.Service,
        ["num_media"] = "0",
        ["num_segments"] = message.Sent is null && message.Service is not null ? "0" : "2",
        ["price"] = message.Price,
        ["price_unit"] = "USD",
        ["sid"] = message.Sid,
        ["status"] = message.Status,
        ["subresource_uris"] = new JsonObject { ["media"] = $"{Root}/Messages/{message.Sid}/Media.json" },
        ["to"] = message.To,
        ["uri"] = $"{Root}/Messages/{message.Sid}.json",
    };

    private static string Date(DateTimeOffset date) =>
        date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static ScriptedReply Error(int status, int code) => ScriptedReply.Json(
        new JsonObject
        {
            ["code"] = code,
            ["message"] = $"Something about +66812345678 ({(HttpStatusCode)status})",
            ["more_info"] = $"https://www.twilio.com/docs/errors/{code}",
            ["status"] = status,
        },
        status);
}

/// <summary>A message as the stand-in keeps it.</summary>
internal sealed class StoredMessage
{
    public string Sid { get; set; } = "";

    public required string To { get; init; }

    public string? From { get; init; }

    public string? Service { get; init; }

    public string Body { get; init; } = "";

    public bool IsInbound { get; init; }

    public string Status { get; set; } = "queued";

    public int? ErrorCode { get; set; }

    public string? Price { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset? Sent { get; set; }

    public DateTimeOffset Updated { get; set; }

    public Uri? Callback { get; init; }

    /// <summary>The delivery's key, from the address of the callback.</summary>
    public string? Key => Callback is null ? null : Uri.UnescapeDataString(Callback.Query.Split("key=", 2)[1]);
}
