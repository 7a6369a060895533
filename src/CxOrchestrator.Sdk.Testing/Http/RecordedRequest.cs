using System.Net;
using System.Text;
using System.Text.Json;

namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>A request as a <see cref="ScriptedHttpServer"/> was sent it.</summary>
public sealed record RecordedRequest
{
    /// <summary>Its place in the order of arrival, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>For example <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query as they were sent, with their escapes, for example <c>/v1/people?name=%C3%A4</c>.</summary>
    public required string Target { get; init; }

    /// <summary>By name, one entry for each value; names without regard to case.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The bytes; empty where there were none, or where a fault cut them off.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The path as it was sent, without the query, for example <c>/v1/people</c>.</summary>
    public string Path => Target.Split('?', 2)[0];

    /// <summary>The query's parameters, decoded, in order; a name may come more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query => Target.Split('?', 2) is [_, var query] ? Pairs(query) : [];

    /// <summary>The value of one header, several joined with <c>, </c>; null where there is none.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    /// <summary>The first value of a parameter of the query, decoded; null where there is none.</summary>
    public string? Parameter(string name) => Query.Where(pair => pair.Key == name).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>The body as UTF-8.</summary>
    public string Text() => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json() => JsonElement.Parse(Body.Span);

    /// <summary>The body as a form (<c>application/x-www-form-urlencoded</c>): its fields, decoded, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form() => Pairs(Text());

    /// <summary>Method and target.</summary>
    public override string ToString() => $"{Number}: {Method} {Target}";

    private static List<KeyValuePair<string, string>> Pairs(string text) =>
        [.. text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => new KeyValuePair<string, string>(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? "")))];
}
