using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Calls;

/// <summary>
/// Gets a token by client credentials (RFC 6749 section 4.4) and keeps it until a minute before it ends. Calls that come meanwhile wait for the same token.
/// </summary>
internal sealed class OAuth2Token(Uri tokenUrl, string clientId, Secret secret, string scope, TimeProvider clock, Action<Secret> given) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ServiceClient _client = new(new ServiceClientOptions { BaseUrl = new Uri(tokenUrl, ".") });
    private readonly SemaphoreSlim _one = new(1, 1);
    private string? _token;
    private DateTimeOffset _until;

    /// <exception cref="ServiceException">There is no token to be had: the request that wants it has not left.</exception>
    public async ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_token is null || clock.GetUtcNow() >= _until)
                await FetchAsync(cancellation);
            return new AuthenticationHeaderValue("Bearer", _token);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets a token that the service did not take.</summary>
    public void Forget() => _token = null;

    public void Dispose()
    {
        _client.Dispose();
        _one.Dispose();
    }

    private async Task FetchAsync(CancellationToken cancellation)
    {
        List<KeyValuePair<string, string>> fields =
            [new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", secret.Reveal())];
        if (scope.Length > 0)
            fields.Add(new("scope", scope));
        var answer = await _client.SendAsync(ServiceRequest.Form(tokenUrl.AbsoluteUri, fields), cancellation);
        if (answer is not ServiceReply { IsSuccess: true } reply)
            throw new ServiceException($"no access token: {(answer as ServiceReply)?.Summary ?? ((ServiceSilence)answer).Text}");
        if (!reply.TryJson(out var json) || json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("access_token", out var token)
            || token.ValueKind != JsonValueKind.String || token.GetString() is not { Length: > 0 } text || !Ascii.IsValid(text))
            throw new ServiceException("no access token: the answer has none");
        given(new Secret(text));
        _token = text;
        var lives = json.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number ? seconds.GetDouble() : 3600;
        _until = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(lives, 0, 86_400)) - Margin;
    }
}
