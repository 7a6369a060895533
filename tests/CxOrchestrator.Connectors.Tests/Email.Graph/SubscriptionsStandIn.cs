using System.Globalization;
using System.Text.Json.Nodes;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>The app's subscriptions.</summary>
internal sealed class SubscriptionsStandIn(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4230);
    private int _made;

    /// <summary>By id, as they were asked for.</summary>
    public Dictionary<string, JsonObject> All { get; } = [];

    /// <summary>What the webhook answers to a validation token; null where nobody answers.</summary>
    public Func<string, string?> Handshake { get; set; } = token => token;

    public ScriptedReply Answer(RecordedRequest request)
    {
        var id = request.Path["/v1.0/subscriptions".Length..].Trim('/');
        return (request.Method, id) switch
        {
            ("POST", "") => Make((JsonObject)JsonNode.Parse(request.Text())!),
            ("GET", "") => ScriptedReply.Json(new JsonObject { ["value"] = new JsonArray([.. All.Values.Select(Shown)]) }),
            _ when !All.ContainsKey(id) => GraphStandIn.Error(404, "ResourceNotFound"),
            ("PATCH", _) => Renew(id, (JsonObject)JsonNode.Parse(request.Text())!),
            ("DELETE", _) => All.Remove(id) ? ScriptedReply.Empty(204) : GraphStandIn.Error(404, "ResourceNotFound"),
            _ => GraphStandIn.Error(405, "Request_BadRequest"),
        };
    }

    private ScriptedReply Make(JsonObject wanted)
    {
        string[] needed = ["changeType", "notificationUrl", "resource", "expirationDateTime", "clientState"];
        if (needed.Any(name => !wanted.ContainsKey(name)) || !IsAllowed(wanted))
            return GraphStandIn.Error(400, "InvalidRequest");
        const string Token = "Validation: Testing client application reachability for subscription Request-Id: 0b6f";
        if (Handshake(Token) != Token)
            return GraphStandIn.Error(400, "ValidationError", "Subscription validation request failed.");
        var id = string.Create(CultureInfo.InvariantCulture, $"7f105c7d-2dc5-4530-97cd-{++_made:D12}");
        wanted["id"] = id;
        All[id] = wanted;
        return ScriptedReply.Json(Shown(wanted), 201);
    }

    private ScriptedReply Renew(string id, JsonObject change)
    {
        if (!IsAllowed(change))
            return GraphStandIn.Error(400, "InvalidRequest");
        All[id]["expirationDateTime"] = change["expirationDateTime"]!.DeepClone();
        return ScriptedReply.Json(Shown(All[id]));
    }

    private bool IsAllowed(JsonObject wanted)
    {
        var until = DateTimeOffset.Parse(wanted["expirationDateTime"]!.GetValue<string>(), CultureInfo.InvariantCulture) - time.GetUtcNow();
        return until > TimeSpan.Zero && until <= Longest;
    }

    // The secret is never shown again.
    private static JsonObject Shown(JsonObject subscription)
    {
        var shown = (JsonObject)subscription.DeepClone();
        shown["clientState"] = null;
        shown.Remove("@odata.type");
        return shown;
    }
}
