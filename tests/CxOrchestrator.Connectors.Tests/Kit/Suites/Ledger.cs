using System.Globalization;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Kit.Suites;

/// <summary>A service of the kit's own: people, changes, texts, and things that can be set up. Honours keys of changes and not those of texts.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    public const string Key = "correct-horse-7";

    private readonly List<(string Id, CrmPerson Person)> _log = [];
    private readonly HashSet<string> _setUp = [];

    public ScriptedHttpServer Server { get; private set; } = null!;

    public List<(string Key, string Person, string Text)> Changes { get; } = [];

    public List<SmsMessage> Texts { get; } = [];

    public int Makings { get; private set; }

    public static async Task<Ledger> StartAsync()
    {
        var ledger = new Ledger();
        ledger.Server = await ScriptedHttpServer.StartAsync(ledger.Answer);
        return ledger;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Puts a person in, or changes them.</summary>
    public void Put(CrmPerson person) => _log.Add((person.Id, person));

    private ScriptedReply Answer(RecordedRequest request) => request.Header("Authorization") != $"Bearer {Key}"
        ? ScriptedReply.Empty(401)
        : (request.Method, request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("PUT", ["changes", var key]) => Change(key, request),
            ("POST", ["texts"]) => Text(request),
            ("GET", ["texts"]) => ScriptedReply.Json(Texts.Where(text => text.Key == request.Parameter("key")).Select(text => text.Key)),
            ("GET", ["people", var id]) => _log.FindLast(entry => entry.Id == Uri.UnescapeDataString(id)).Person is { } person ? ScriptedReply.Json(person) : ScriptedReply.Empty(404),
            ("GET", ["feed", var from]) => Feed(int.Parse(from, CultureInfo.InvariantCulture)),
            ("GET", ["setup"]) => ScriptedReply.Json(_setUp),
            ("PUT", ["setup", var item]) => Make(item),
            _ => ScriptedReply.Empty(404),
        };

    private ScriptedReply Change(string key, RecordedRequest request)
    {
        var change = request.Json();
        if (key == "none" || Changes.All(other => other.Key != key))
            Changes.Add((change.GetProperty("key").GetString()!, change.GetProperty("person").GetString()!, change.GetProperty("values").GetRawText()));
        return ScriptedReply.Json(new { id = key });
    }

    private ScriptedReply Text(RecordedRequest request)
    {
        var text = request.Json();
        Texts.Add(new SmsMessage(text.GetProperty("key").GetString()!, text.GetProperty("to").GetString()!, text.GetProperty("text").GetString()!));
        return ScriptedReply.Json(new { id = Texts.Count }, 201);
    }

    // Two hundred at a time; a page of the feed is told by where it ends.
    private ScriptedReply Feed(int from) => ScriptedReply.Json(new { people = _log.Skip(from).Take(200).Select(entry => entry.Person), next = Math.Min(_log.Count, from + 200) });

    private ScriptedReply Make(string item)
    {
        Makings++;
        return ScriptedReply.Empty(_setUp.Add(item) ? 201 : 204);
    }
}
