using System.Net;
using System.Text;
using System.Text.Json;

namespace CxOrchestrator.Sdk.Http;

/// <summary>A service's whole answer.</summary>
public sealed record ServiceReply : ServiceAnswer
{
    /// <summary>HTTP status, 200 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>Headers of the answer and of its body; names without regard to case, repeated values joined with <c>, </c>.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body, decompressed.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How long the service asks to wait (<c>Retry-After</c>, RFC 9110 section 10.2.3, seconds or date); null where it doesn't say. Never negative.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The status in words, safe to show: nothing of the body, which may hold customer data.</summary>
    public string Summary => $"the service answered {Status} {(Enum.IsDefined((HttpStatusCode)Status) ? ((HttpStatusCode)Status).ToString() : "")}".TrimEnd();

    /// <summary>The body as UTF-8.</summary>
    public string Text() => Encoding.UTF8.GetString(Body.Span);

    /// <summary>One header's value, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The body as JSON; false where it is none.</summary>
    public bool TryJson(out JsonElement json)
    {
        try
        {
            var reader = new Utf8JsonReader(Body.Span, new JsonReaderOptions { MaxDepth = 64 });
            json = JsonElement.ParseValue(ref reader);
            return !reader.Read();
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }

    /// <summary>The body as JSON.</summary>
    /// <exception cref="ServiceException">It is none.</exception>
    public JsonElement Json() => TryJson(out var json)
        ? json
        : throw new ServiceException($"{Summary}, but its body is not JSON") { Status = Status };

    /// <summary>Status and size; a record's own text would print the body.</summary>
    public override string ToString() => $"{Summary}, {Body.Length} bytes";
}
