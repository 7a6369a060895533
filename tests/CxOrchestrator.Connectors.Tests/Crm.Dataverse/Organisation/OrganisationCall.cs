using System.Text;
using System.Text.Json.Nodes;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>A request to the stand-in, alone or out of a batch.</summary>
internal sealed record OrganisationCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Resource => Path.Split('?', 2)[0];

    public string RawQuery => Path.Split('?', 2) is [_, var query] ? query : "";

    public string? Option(string name) => RawQuery.Split('&').Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[0] == name).Select(pair => Uri.UnescapeDataString(pair[1].Replace('+', ' '))).FirstOrDefault();

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public JsonObject Json() => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>What the stand-in answers.</summary>
internal sealed record OrganisationAnswer(int Status, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public static OrganisationAnswer Empty(int status = 204, params KeyValuePair<string, string>[] headers) => new(status, [], headers);

    public static OrganisationAnswer Json(JsonNode json, int status = 200) =>
        new(status, Encoding.UTF8.GetBytes(json.ToJsonString()), [new("Content-Type", "application/json; odata.metadata=minimal")]);

    /// <summary>An error as Dataverse writes it; the code is often empty there.</summary>
    public static OrganisationAnswer Error(int status, string code, string message) =>
        Json(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }, status);

    public OrganisationAnswer With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };
}
