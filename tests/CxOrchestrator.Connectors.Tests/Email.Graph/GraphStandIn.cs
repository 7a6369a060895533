using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>
/// Stands in for Microsoft Graph with one mailbox, as Microsoft's documentation describes it: a message that is sent becomes a draft, then moves to Sent
/// Items; 202 tells nothing of it; there is no idempotency.
/// </summary>
internal sealed partial class GraphStandIn : IAsyncDisposable
{
    public const string Mailbox = "care@shop.example";
    private const string Root = "/v1.0/users/care%40shop.example/";
    private const int LongestRequest = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<StoredMail> _mails = [];
    private readonly Dictionary<string, StoredMail> _byMessageId = [];
    private readonly Dictionary<string, StoredMail> _byKey = [];
    private readonly TimeProvider _time;
    private int _atOnce;

    private GraphStandIn(TimeProvider time)
    {
        _time = time;
        Delta = new DeltaStandIn(this);
        Subscriptions = new SubscriptionsStandIn(time);
    }

    public ScriptedHttpServer Server { get; private set; } = null!;

    public DeltaStandIn Delta { get; }

    public SubscriptionsStandIn Subscriptions { get; }

    /// <summary>Tokens that it takes; others are refused with 401.</summary>
    public Func<string, bool> Takes { get; set; } = token => token.StartsWith("access-", StringComparison.Ordinal);

    /// <summary>Transport doesn't come for the messages: what is sent stays a draft.</summary>
    public bool TransportIsLate { get; set; }

    /// <summary>Exchange puts a Message-ID of its own in the place of ours.</summary>
    public bool ReplacesMessageIds { get; set; }

    /// <summary>True to answer 503 to a message that was taken.</summary>
    public Func<bool> FailsAfterTaking { get; set; } = () => false;

    /// <summary>The beginning of the links that it gives.</summary>
    public Uri? LinkBase { get; set; }

    /// <summary>The largest number of requests that were being worked on at once; one that is answered is none.</summary>
    public int MostAtOnce { get; private set; }

    public IReadOnlyList<StoredMail> Mails
    {
        get
        {
            lock (_gate)
                return [.. _mails];
        }
    }

    public IReadOnlyList<StoredMail> Sent => [.. Mails.Where(mail => mail.Folder is "sentitems" or "drafts")];

    public static async Task<GraphStandIn> StartAsync(TimeProvider? time = null)
    {
        var standIn = new GraphStandIn(time ?? TimeProvider.System);
        standIn.Server = await ScriptedHttpServer.StartAsync((request, _) => Task.FromResult(standIn.Answer(request)), time: time);
        return standIn;
    }

    /// <summary>A message comes into a folder.</summary>
    public StoredMail Receive(string mime, string folder = "inbox", DateTimeOffset? at = null)
    {
        lock (_gate)
            return Store(Encoding.UTF8.GetBytes(mime.ReplaceLineEndings("\r\n")), folder, at ?? _time.GetUtcNow());
    }

    /// <summary>Transport takes the drafts.</summary>
    public void Transport()
    {
        lock (_gate)
        {
            foreach (var mail in _mails.Where(mail => mail.IsDraft))
                (mail.IsDraft, mail.Folder) = (false, "sentitems");
        }
    }

    /// <summary>A message is deleted for good.</summary>
    public void Delete(StoredMail mail)
    {
        lock (_gate)
            mail.Folder = "gone";
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static ScriptedReply Error(int status, string code, string message = "No.") => ScriptedReply.Json(
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }, status);

    private ScriptedReply Answer(RecordedRequest request)
    {
        var token = request.Header("Authorization")?.Split(' ') is ["Bearer", var given] ? given : "";
        if (!Takes(token))
            return Error(401, "InvalidAuthenticationToken");
        var atOnce = Interlocked.Increment(ref _atOnce);
        try
        {
            lock (_gate)
            {
                MostAtOnce = Math.Max(MostAtOnce, atOnce);
                return Route(request).With("request-id", "9f1c5d0a-0000-4000-8000-000000000001");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private ScriptedReply Route(RecordedRequest request)
    {
        if (request.Path.StartsWith("/v1.0/subscriptions", StringComparison.Ordinal))
            return Subscriptions.Answer(request);
        if (!request.Path.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
            return Error(404, "ErrorInvalidUser", "The requested user is invalid.");
        var path = request.Path[Root.Length..].Split('/').Select(WebUtility.UrlDecode).ToArray();
        return (request.Method, path) switch
        {
            ("POST", ["sendMail"]) => Send(request),
            ("GET", ["messages"]) => Find(request, null),
            ("GET", ["mailFolders", var folder]) => ScriptedReply.Json(new JsonObject { ["id"] = "AQMk-" + folder }),
            ("GET", ["mailFolders", var folder, "messages"]) => Find(request, folder),
            ("GET", ["mailFolders", var folder, "messages", "delta()" or "delta"]) => Delta.Answer(request, folder!),
            ("GET", ["messages", var id]) => Of(id!) is { } mail ? ScriptedReply.Json(mail.Json(Columns(request))) : Error(404, "ErrorItemNotFound"),
            ("GET", ["messages", var id, "$value"]) => Mime(id!),
            _ => Error(404, "ResourceNotFound"),
        };
    }

    private ScriptedReply Send(RecordedRequest request)
    {
        if (request.Body.Length > LongestRequest)
            return Error(413, "RequestBodyTooLarge");
        if (request.Header("Content-Type") is "application/json" or "application/json; charset=utf-8")
            return SendJson(request.Json());
        if (request.Header("Content-Type") != "text/plain")
            return Error(415, "UnsupportedMediaType");
        byte[] mime;
        try
        {
            mime = Convert.FromBase64String(request.Text());
        }
        catch (FormatException)
        {
            return Error(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }

        if (ReadMail.Of(mime).Raw("To") is null)
            return Error(400, "ErrorInvalidRecipients");
        var mail = Store(mime, TransportIsLate ? "drafts" : "sentitems", _time.GetUtcNow());
        mail.IsDraft = TransportIsLate;
        return FailsAfterTaking() ? Error(503, "ServiceUnavailable") : ScriptedReply.Empty(202);
    }

    // As documented: five headers at most, and none whose name doesn't begin with x-.
    private static ScriptedReply SendJson(JsonElement body)
    {
        var headers = body.TryGetProperty("message", out var message) && message.TryGetProperty("internetMessageHeaders", out var found)
            ? found.EnumerateArray().Select(header => header.GetProperty("name").GetString()!).ToList()
            : [];
        if (headers.Find(name => !name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)) is { } bad)
            return Error(400, "InvalidInternetMessageHeader", $"The internet message header name '{bad}' should start with 'x-' or 'X-'.");
        return headers.Count > 5 ? Error(400, "InvalidInternetMessageHeaderCollection") : ScriptedReply.Empty(202);
    }

    private StoredMail Store(byte[] mime, string folder, DateTimeOffset at)
    {
        var read = ReadMail.Of(mime);
        var number = _mails.Count + 1;
        var mail = new StoredMail
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"AAMkAD-{number}="),
            Folder = folder,
            Mime = mime,
            Received = at,
            InternetMessageId = ReplacesMessageIds || read.Raw("Message-ID") is null
                ? string.Create(CultureInfo.InvariantCulture, $"<{number}@exchange.example>")
                : read.Raw("Message-ID")!,
        };
        _mails.Add(mail);
        _byMessageId[mail.InternetMessageId] = mail;
        if (read.Raw("X-Cxo-Delivery") is { } key)
            _byKey[key] = mail;
        return mail;
    }

    private ScriptedReply Find(RecordedRequest request, string? folder)
    {
        var filter = request.Parameter("$filter") ?? "";
        StoredMail? found;
        if (ById().Match(filter) is { Success: true } byId)
            found = _byMessageId.GetValueOrDefault(byId.Groups[1].Value);
        else if (ByHeader().Match(filter) is { Success: true } byHeader)
            found = _byKey.GetValueOrDefault(byHeader.Groups[1].Value);
        else
            return Error(400, "ErrorInvalidUrlQueryFilter");
        var list = found is null || found.Folder == "gone" || (folder is not null && found.Folder != folder) ? new JsonArray() : new JsonArray(found.Json(Columns(request)));
        return ScriptedReply.Json(new JsonObject { ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#messages", ["value"] = list });
    }

    private ScriptedReply Mime(string id) => Of(id) switch
    {
        null => Error(404, "ErrorItemNotFound"),
        { Fault: { } fault } => Error(fault.Status, fault.Code),
        var mail => ScriptedReply.Bytes(mail.Mime, "text/plain"),
    };

    private StoredMail? Of(string id) => _mails.Find(mail => mail.Id == id && mail.Folder != "gone");

    internal static IReadOnlyList<string> Columns(RecordedRequest request) => request.Parameter("$select")?.Split(',') ?? [];

    internal string Link(string target) => new Uri(LinkBase ?? Server.Url, target).AbsoluteUri;

    [GeneratedRegex("^internetMessageId eq '(<[^']+>)'$")]
    private static partial Regex ById();

    [GeneratedRegex(@"^singleValueExtendedProperties/Any\(ep: ep/id eq 'String \{00020386-0000-0000-C000-000000000046\} Name X-Cxo-Delivery' and ep/value eq '([^']+)'\)$")]
    private static partial Regex ByHeader();
}
