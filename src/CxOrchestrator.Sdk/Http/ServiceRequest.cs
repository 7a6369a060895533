using System.Net.Http.Json;
using System.Text.Json;

namespace CxOrchestrator.Sdk.Http;

/// <summary>One request to a service. Made anew for each call: its content can be sent once.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Below the base address, for example <c>tickets.json?page=2</c>; or a whole address on the same host, as services give for a next page.</param>
public sealed record ServiceRequest(HttpMethod Method, string Path)
{
    /// <summary>The body, or null.</summary>
    public HttpContent? Content { get; init; }

    /// <summary>Further headers; values are sent as they are.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>A GET.</summary>
    public static ServiceRequest Get(string path) => new(HttpMethod.Get, path);

    /// <summary>A request with a JSON body.</summary>
    public static ServiceRequest Json<T>(HttpMethod method, string path, T body, JsonSerializerOptions? options = null) =>
        new(method, path) { Content = JsonContent.Create(body, options: options) };

    /// <summary>A POST with a form body (<c>application/x-www-form-urlencoded</c>); a name may come more than once.</summary>
    public static ServiceRequest Form(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };

    /// <summary>The same with one more header.</summary>
    public ServiceRequest With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
