using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Suites;

namespace CxOrchestrator.Connectors.Tests.SmsPigeon;

/// <summary>The webhook's promises.</summary>
public sealed class PigeonWebhookTests : WebhookReceiverSuite
{
    protected override IReadOnlyList<string> Secrets => [PigeonStandIn.ApiKey, PigeonStandIn.WebhookSecret];

    protected override WebhookProof Proof => WebhookProof.Body;

    protected override IReadOnlyList<string> ProofHeaders => ["X-Pigeon-Signature"];

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => ConnectToNothingAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(PigeonStandIn.Connect(context, Nowhere.Url));

    protected override byte[] ABody(string text) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = $"event of {text}", kind = "reply", number = "+66812345678", at = "2026-03-02T12:00:00Z", reference = "sms-1", text,
    });

    protected override byte[] WithUnknownField(byte[] body) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body)[..^1] + ",\"mood\":[1,{}]}");

    protected override WebhookRequest Sign(byte[] body) => PigeonStandIn.Post(body, PigeonStandIn.WebhookSecret);

    protected override WebhookRequest Forge(byte[] body) => PigeonStandIn.Post(body, "another-secret");
}
