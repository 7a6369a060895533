using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Identity;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Identity;

/// <summary>Keeps the token of a connection until five minutes before it ends, and asks for it once for all callers.</summary>
internal sealed partial class TokenDesk(TokenCredential credential, string scope, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Held? _held;

    /// <summary>The header for a request.</summary>
    /// <exception cref="ServiceException">There is no token to be had; the text names the authority's code and nothing else of its answer.</exception>
    public async ValueTask<AuthenticationHeaderValue?> AuthorizeAsync(CancellationToken cancellation)
    {
        if (Current() is { } ready)
            return ready.Header;
        await _one.WaitAsync(cancellation);
        try
        {
            if (Current() is { } meanwhile)
                return meanwhile.Header;
            var token = await credential.GetTokenAsync(new TokenRequestContext([scope]), cancellation);
            _held = new Held(new AuthenticationHeaderValue("Bearer", token.Token), token.ExpiresOn);
            return _held.Header;
        }
        catch (Exception failure) when (failure is AuthenticationFailedException or Azure.RequestFailedException or ArgumentException)
        {
            // The code may stand further inside; of the rest, which may repeat what we sent, nothing is told.
            var code = AuthorityCode().Match(failure.ToString()) is { Success: true } match ? $" ({match.Value})" : "";
            throw new ServiceException($"signing in failed{code}: check TenantId, ClientId and the secret, certificate or identity of this connection");
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The service has refused the token: the next request asks for another.</summary>
    public void Forget() => _held = null;

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private Held? Current() => _held is { } held && held.Ends - Early > clock.GetUtcNow() ? held : null;

    [GeneratedRegex(@"AADSTS\d+")]
    private static partial Regex AuthorityCode();

    private sealed record Held(AuthenticationHeaderValue Header, DateTimeOffset Ends);
}
