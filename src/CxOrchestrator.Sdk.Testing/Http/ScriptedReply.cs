using System.Text;
using System.Text.Json;

namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>What a <see cref="ScriptedHttpServer"/> answers.</summary>
/// <param name="Status">HTTP status, 200 to 599.</param>
public sealed record ScriptedReply(int Status)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Headers, sent as they are; a name may come more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The words behind the status; null for the usual ones.</summary>
    public string? Reason { get; init; }

    /// <summary>The bytes of the body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A status and no body. Default: 204.</summary>
    public static ScriptedReply Empty(int status = 204) => new(status);

    /// <summary>A JSON body made of a value; property names of our classes in camel case, dictionaries' keys as they are.</summary>
    public static ScriptedReply Json<T>(T value, int status = 200) =>
        Bytes(JsonSerializer.SerializeToUtf8Bytes(value, Web), "application/json; charset=utf-8", status);

    /// <summary>A JSON body that is written out.</summary>
    public static ScriptedReply JsonText(string json, int status = 200) => Text(json, status, "application/json; charset=utf-8");

    /// <summary>A body of text.</summary>
    public static ScriptedReply Text(string text, int status = 200, string type = "text/plain; charset=utf-8") =>
        Bytes(Encoding.UTF8.GetBytes(text), type, status);

    /// <summary>A body of bytes.</summary>
    public static ScriptedReply Bytes(ReadOnlyMemory<byte> body, string type, int status = 200) =>
        new ScriptedReply(status) { Body = body }.With("Content-Type", type);

    /// <summary>The same with one more header.</summary>
    public ScriptedReply With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
