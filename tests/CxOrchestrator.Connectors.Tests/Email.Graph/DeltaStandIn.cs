using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>Delta query of a folder: rounds of pages, each with the link to what comes next. The conditions of the first request stay in the tokens.</summary>
internal sealed partial class DeltaStandIn(GraphStandIn graph)
{
    private readonly Dictionary<string, (int From, DateTimeOffset Since, IReadOnlyList<string> Columns)> _tokens = [];
    private readonly HashSet<StoredMail> _left = [];

    /// <summary>How many requests have begun a new round.</summary>
    public int Beginnings { get; private set; }

    /// <summary>How it says that it has forgotten a token.</summary>
    public (int Status, string Code) Forgotten { get; set; } = (410, "SyncStateNotFound");

    /// <summary>Where its links lead instead, to see who follows.</summary>
    public string? LinksLeadTo { get; set; }

    /// <summary>Forgets all links that it has given.</summary>
    public void Forget() => _tokens.Clear();

    /// <summary>Tells, with the next page, that a message has left the folder.</summary>
    public void Left(StoredMail mail) => _left.Add(mail);

    public ScriptedReply Answer(RecordedRequest request, string folder)
    {
        if ((request.Parameter("$skiptoken") ?? request.Parameter("$deltatoken")) is { } token)
            return _tokens.TryGetValue(token, out var state) ? Page(request, folder, state) : GraphStandIn.Error(Forgotten.Status, Forgotten.Code);
        if (Since().Match(request.Parameter("$filter") ?? "") is not { Success: true } since || request.Parameter("changeType") != "created")
            return GraphStandIn.Error(400, "ErrorInvalidUrlQuery");
        Beginnings++;
        return Page(request, folder, (0, DateTimeOffset.Parse(since.Groups[1].Value, CultureInfo.InvariantCulture), GraphStandIn.Columns(request)));
    }

    private ScriptedReply Page(RecordedRequest request, string folder, (int From, DateTimeOffset Since, IReadOnlyList<string> Columns) state)
    {
        var size = PageSize().Match(request.Header("Prefer") ?? "") is { Success: true } asked ? int.Parse(asked.Groups[1].Value, CultureInfo.InvariantCulture) : 10;
        var mails = graph.Mails;
        var page = new JsonArray();
        var at = state.From;
        for (; at < mails.Count && page.Count < size; at++)
        {
            if (mails[at].Folder == folder && mails[at].Received >= state.Since)
                page.Add(mails[at].Json(state.Columns));
        }

        foreach (var mail in _left)
            page.Add(new JsonObject { ["id"] = mail.Id, ["@removed"] = new JsonObject { ["reason"] = "deleted" } });
        _left.Clear();
        var more = mails.Skip(at).Any(mail => mail.Folder == folder && mail.Received >= state.Since);
        var token = $"t{_tokens.Count + 1}/+=é {Guid.NewGuid():N}";
        _tokens[token] = state with { From = at };
        var link = LinksLeadTo ?? graph.Link($"{request.Path}?${(more ? "skiptoken" : "deltatoken")}={Uri.EscapeDataString(token)}");
        return ScriptedReply.Json(new JsonObject
        {
            ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#Collection(message)",
            [more ? "@odata.nextLink" : "@odata.deltaLink"] = link,
            ["value"] = page,
        });
    }

    [GeneratedRegex(@"^receivedDateTime ge (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$")]
    private static partial Regex Since();

    [GeneratedRegex(@"odata\.maxpagesize=(\d+)")]
    private static partial Regex PageSize();
}
