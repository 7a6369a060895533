using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.GenericHttp.Webhooks;

/// <summary>Verifies and reads webhooks as a description says. Without a secret nothing is taken.</summary>
internal sealed class WebhookDesk(WebhookDescription description, Secret? secret, TimeProvider time)
{
    public WebhookResult Receive(WebhookRequest request)
    {
        if (secret is null || secret.IsEmpty || !IsGenuine(request))
            return WebhookResult.Refused;
        var query = HttpUtility.ParseQueryString(request.Url.Query);
        var model = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["headers"] = request.Headers.DistinctBy(header => header.Key.ToLowerInvariant()).ToDictionary(header => header.Key.ToLowerInvariant(), header => (object?)header.Value),
            ["query"] = query.AllKeys.OfType<string>().ToDictionary(name => name, name => (object?)query[name]),
            ["body"] = Body(request),
        };
        try
        {
            var items = description.Items is null ? [model["body"]] : description.Items.Of(model) as IEnumerable<object?> ?? [];
            var facts = items.Select(item => Fact(new Dictionary<string, object?>(model, StringComparer.Ordinal) { ["item"] = item })).OfType<ConnectorEvent>();
            var reply = description.Reply?.TextOf(model);
            return string.IsNullOrEmpty(reply) ? WebhookResult.Taken([.. facts]) : new WebhookResult(true, [.. facts], 200, reply);
        }
        catch (DescriptionFault)
        {
            // Genuine, and the description can't read it. The service is to try again: an admin may mend the description meanwhile.
            return new WebhookResult(true, [], 500);
        }
    }

    private bool IsGenuine(WebhookRequest request)
    {
        var check = description.Check;
        var key = Encoding.UTF8.GetBytes(secret!.Reveal());
        switch (check.Kind)
        {
            case "query":
                return HttpUtility.ParseQueryString(request.Url.Query).GetValues(check.Name) is [var token] && Same(Encoding.UTF8.GetBytes(token), key);
            case "header":
                return request.Header(check.Name) is { } value && Same(Encoding.UTF8.GetBytes(value), [.. Encoding.UTF8.GetBytes(check.Prefix), .. key]);
            default:
                if (request.Header(check.Name) is not { } signature || Signed(request) is not { } signed)
                    return false;
                var hash = Hash(key, signed);
                var expected = check.Prefix + (check.Encoding == "hex" ? Convert.ToHexStringLower(hash) : Convert.ToBase64String(hash));
                return Same(Encoding.UTF8.GetBytes(check.Encoding == "hex" ? signature.ToLowerInvariant() : signature), Encoding.UTF8.GetBytes(expected));
        }
    }

    private byte[] Hash(byte[] key, byte[] signed) => description.Check.Algorithm switch
    {
#pragma warning disable CA5350 // Some services sign with SHA-1; as an HMAC it still stands.
        "sha1" => HMACSHA1.HashData(key, signed),
#pragma warning restore CA5350
        "sha512" => HMACSHA512.HashData(key, signed),
        _ => HMACSHA256.HashData(key, signed),
    };

    // What is signed: the text before the body with its headers filled in, then the body's bytes as they came. Null where a header is missing.
    private byte[]? Signed(WebhookRequest request)
    {
        var lacking = false;
        var before = WebhookReader.Places().Replace(description.Check.Over[..^"{body}".Length], place =>
        {
            var value = request.Header(place.Value["{header:".Length..^1]);
            lacking |= value is null;
            return value ?? "";
        });
        return lacking ? null : [.. Encoding.UTF8.GetBytes(before), .. request.Body.Span];
    }

    private ConnectorEvent? Fact(Dictionary<string, object?> model)
    {
        foreach (var fact in description.Facts)
        {
            if (fact.When?.Holds(model) == false || fact.Id.TextOf(model) is not { Length: > 0 } id || fact.Type.TextOf(model) is not { Length: > 0 } type)
                continue;
            var data = fact.Data.ToDictionary(pair => pair.Key, pair => PlainValues.ToJson(pair.Value.Of(model)));
            return new ConnectorEvent(id, type, fact.Person?.TextOf(model) ?? "", Moment(fact.Time?.Of(model)), JsonSerializer.SerializeToElement(data))
            {
                Address = fact.Address?.TextOf(model),
                DeliveryKey = fact.Delivery?.TextOf(model),
            };
        }

        return null;
    }

    private DateTimeOffset Moment(object? value) => value switch
    {
        DateTimeOffset moment => moment,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => moment,
        long seconds when seconds is > 0 and < 100_000_000_000 => DateTimeOffset.FromUnixTimeSeconds(seconds),
        long milliseconds when milliseconds is > 0 and < 100_000_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        _ => time.GetUtcNow(),
    };

    private static object? Body(WebhookRequest request)
    {
        if (request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            var form = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(request.Body.Span));
            return form.AllKeys.OfType<string>().ToDictionary(name => name, name => (object?)form[name], StringComparer.Ordinal);
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return PlainValues.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);
}
