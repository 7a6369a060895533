using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>What Graph posts to a webhook, as its documentation shows it.</summary>
internal static class Notifications
{
    public const string Subscription = "7f105c7d-2dc5-4530-97cd-000000000001";

    /// <summary>A message has come.</summary>
    public static JsonObject Created(string message, string clientState = GraphRig.ClientState, string subscription = Subscription) => new()
    {
        ["subscriptionId"] = subscription,
        ["subscriptionExpirationDateTime"] = "2026-03-05T10:00:00.0000000Z",
        ["clientState"] = clientState,
        ["changeType"] = "created",
        ["resource"] = $"Users/11111111/Messages/{message}",
        ["tenantId"] = "84bd8158-6d4d-4958-8b9f-9d6445542f95",
        ["resourceData"] = new JsonObject { ["@odata.type"] = "#Microsoft.Graph.Message", ["id"] = message },
    };

    /// <summary>The subscription needs care.</summary>
    public static JsonObject Lifecycle(string what, string clientState = GraphRig.ClientState) => new()
    {
        ["subscriptionId"] = Subscription,
        ["subscriptionExpirationDateTime"] = "2026-03-05T10:00:00.0000000Z",
        ["tenantId"] = "84bd8158-6d4d-4958-8b9f-9d6445542f95",
        ["clientState"] = clientState,
        ["lifecycleEvent"] = what,
    };

    public static string Body(params JsonObject[] items) => new JsonObject { ["value"] = new JsonArray([.. items]) }.ToJsonString();

    public static WebhookRequest Post(params JsonObject[] items) => Post(Encoding.UTF8.GetBytes(Body(items)));

    public static WebhookRequest Post(byte[] body) => new("POST", GraphRig.Webhook, [new("Content-Type", "application/json; charset=utf-8")], body);
}
