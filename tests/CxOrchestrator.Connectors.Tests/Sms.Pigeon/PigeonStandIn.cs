using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Plugins.SmsPigeon;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.SmsPigeon;

/// <summary>Pigeon as its documentation describes it.</summary>
internal sealed class PigeonStandIn : IAsyncDisposable
{
    public const string ApiKey = "correct-horse-7";

    public const string WebhookSecret = "battery-staple-8";

    private readonly List<SmsMessage> _messages = [];

    public ScriptedHttpServer Server { get; private set; } = null!;

    public IReadOnlyList<SmsMessage> Messages => [.. _messages];

    public static async Task<PigeonStandIn> StartAsync()
    {
        var standIn = new PigeonStandIn();
        standIn.Server = await ScriptedHttpServer.StartAsync(standIn.Answer);
        return standIn;
    }

    public static PigeonSettings Settings(Uri url) => new() { BaseUrl = url, ApiKey = new Secret(ApiKey), WebhookSecret = new Secret(WebhookSecret) };

    public static IConnector Connect(ConnectionContext context, Uri url) => new PigeonPlugin().Connect(context, Settings(url));

    public static WebhookRequest Post(byte[] body, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return new WebhookRequest("POST", new Uri("https://cx.example.com/hooks/pigeon"), [new("X-Pigeon-Signature", signature)], body);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {ApiKey}")
            return ScriptedReply.Empty(401);
        if (request is { Method: "GET", Path: "/me" })
            return ScriptedReply.Json(new { name = "shop" });
        if (request is not { Method: "POST", Path: "/texts" })
            return ScriptedReply.Empty(404);
        var text = request.Json();
        var message = new SmsMessage(Value("reference"), Value("number"), Value("body"));
        var before = _messages.FindIndex(other => other.Key == message.Key);
        if (before >= 0)
            return ScriptedReply.Json(new { id = $"p-{before + 1}" }, 409);
        _messages.Add(message);
        return ScriptedReply.Json(new { id = $"p-{_messages.Count}" }, 202);

        string Value(string name) => text.GetProperty(name).GetString()!;
    }
}
