using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CxOrchestrator.EndToEnd.Tests.Running;

/// <summary>A system that posts events, with a key that only the environment knows.</summary>
internal sealed class EventSource
{
    private readonly string _variable;

    /// <summary>A source with a new key; processes that start from now on have it in their environment.</summary>
    public EventSource(string name)
    {
        Name = name;
        _variable = string.Create(CultureInfo.InvariantCulture, $"CXO_KEY_{RandomNumberGenerator.GetHexString(8)}");
        Environment.SetEnvironmentVariable(_variable, Key);
    }

    public string Name { get; }

    public string Key { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));

    /// <summary>What stands in the settings for the key.</summary>
    public string Reference => $"env:{_variable}";

    /// <summary>An event of this source.</summary>
    public Dictionary<string, object> Event(string id, string type, string subject, DateTimeOffset? time = null)
    {
        var attributes = new Dictionary<string, object>
        {
            ["specversion"] = "1.0",
            ["source"] = Name,
            ["id"] = id,
            ["type"] = type,
            ["subject"] = subject,
            ["data"] = new { order = id },
        };
        if (time is { } at)
            attributes["time"] = at.ToString("O", CultureInfo.InvariantCulture);
        return attributes;
    }

    /// <summary>Posts one event in structured mode, or several as a batch.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(Shop shop, object body, string? key = null, CancellationToken cancellation = default)
    {
        var mode = body is Dictionary<string, object> ? "application/cloudevents+json" : "application/cloudevents-batch+json";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop.Url, "/api/events"));
        request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, mode);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? Key);
        using var answer = await shop.Http.SendAsync(request, cancellation);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        return (answer.StatusCode, document.RootElement.Clone());
    }
}
