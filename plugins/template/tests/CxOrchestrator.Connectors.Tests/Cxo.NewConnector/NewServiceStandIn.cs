using CxOrchestrator.Plugins.NewWord;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.NewWord;

/// <summary>NewService as its documentation describes it.</summary>
internal sealed class NewServiceStandIn : IAsyncDisposable
{
    public const string ApiKey = "correct-horse-7";

    private readonly List<SmsMessage> _messages = [];

    public ScriptedHttpServer Server { get; private set; } = null!;

    public IReadOnlyList<SmsMessage> Messages => [.. _messages];

    public static async Task<NewServiceStandIn> StartAsync()
    {
        var standIn = new NewServiceStandIn();
        standIn.Server = await ScriptedHttpServer.StartAsync(standIn.Answer);
        return standIn;
    }

    public static NewServiceSettings Settings(Uri url) => new() { BaseUrl = url, ApiKey = new Secret(ApiKey) };

    public static IConnector Connect(ConnectionContext context, Uri url) => new NewServicePlugin().Connect(context, Settings(url));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {ApiKey}")
            return ScriptedReply.Empty(401);
        if (request is { Method: "GET", Path: "/account" })
            return ScriptedReply.Json(new { name = "shop" });
        if (request is not { Method: "POST", Path: "/messages" })
            return ScriptedReply.Empty(404);
        var message = request.Json();
        _messages.Add(new SmsMessage(Text("reference"), Text("to"), Text("text")));
        return ScriptedReply.Json(new { id = $"m-{_messages.Count}" }, 201);

        string Text(string name) => message.GetProperty(name).GetString()!;
    }
}
