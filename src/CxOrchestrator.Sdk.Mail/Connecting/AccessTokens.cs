using System.Globalization;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// Access tokens for XOAUTH2: one that was given, or such as a token service gives, each used until shortly before it expires. Safe to use
/// from several threads; they ask the service once.
/// </summary>
public sealed class AccessTokens : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private readonly Secret? _given;
    private readonly OAuthClient? _client;
    private readonly ServiceClient? _http;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private Secret? _kept;
    private DateTimeOffset _goodUntil;

    /// <summary>Tokens from a service.</summary>
    /// <param name="client">The service.</param>
    /// <param name="clock">A real clock: the service's tokens expire in real time.</param>
    public AccessTokens(OAuthClient client, TimeProvider clock)
    {
        _client = client;
        _clock = clock;
        _http = new ServiceClient(new ServiceClientOptions { BaseUrl = new Uri(client.Url.GetLeftPart(UriPartial.Authority)), MaxReplyBytes = 256 * 1024, Time = clock });
    }

    /// <summary>One token that somebody else keeps fresh.</summary>
    public AccessTokens(Secret given)
    {
        _given = given;
        _clock = TimeProvider.System;
    }

    /// <summary>What AUTH XOAUTH2 sends, before Base64.</summary>
    public static string Response(string user, Secret token) => $"user={user}\u0001auth=Bearer {token.Reveal()}\u0001\u0001";

    /// <summary>A token that should be good.</summary>
    /// <exception cref="ServiceException">The service gives none; its text says what happened without any secret.</exception>
    public async Task<Secret> GetAsync(CancellationToken cancellation)
    {
        if (_given is not null)
        {
            return _given;
        }

        await _asking.WaitAsync(cancellation);
        try
        {
            // A token of its own: somebody may refuse the kept one at any moment.
            if (_kept is { } kept && _clock.GetUtcNow() < _goodUntil)
            {
                return kept;
            }

            var (token, goodUntil) = await AskAsync(_client!, cancellation);
            (_kept, _goodUntil) = (token, goodUntil);
            return token;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The mail server refused this token: the next one is asked for anew.</summary>
    public void Refused(Secret token) => Interlocked.CompareExchange(ref _kept, null, token);

    /// <inheritdoc/>
    public void Dispose()
    {
        _http?.Dispose();
        _asking.Dispose();
    }

    private async Task<(Secret Token, DateTimeOffset GoodUntil)> AskAsync(OAuthClient client, CancellationToken cancellation)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("grant_type", "client_credentials"), new("client_id", client.ClientId), new("client_secret", client.ClientSecret.Reveal()),
        ];
        if (!string.IsNullOrEmpty(client.Scope))
        {
            fields.Add(new("scope", client.Scope));
        }

        var answer = await _http!.SendAsync(ServiceRequest.Form(client.Url.PathAndQuery.TrimStart('/'), fields), cancellation);
        var json = answer.Reply().Json();
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String
            || token.GetString() is not { Length: > 0 } text || !Ascii.IsValid(text) || text.Any(char.IsControl))
        {
            throw new ServiceException("the token service answered without an access_token");
        }

        var lifetime = json.TryGetProperty("expires_in", out var seconds)
            && double.TryParse(seconds.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed)
            ? TimeSpan.FromSeconds(Math.Min(parsed, TimeSpan.SecondsPerDay))
            : TimeSpan.FromMinutes(5);
        return (new Secret(text), _clock.GetUtcNow() + (lifetime > 2 * Margin ? lifetime - Margin : lifetime / 2));
    }
}
