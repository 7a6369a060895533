using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Identity;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.EmailGraph.Identity;

/// <summary>Keeps the connection's access token until shortly before its end, and asks for another once for all callers.</summary>
/// <param name="credential">What signs in.</param>
/// <param name="scope">What the token is for.</param>
/// <param name="clock">A real clock: tokens end in real time.</param>
internal sealed partial class TokenDesk(Lazy<TokenCredential> credential, string scope, TimeProvider clock)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly KeyedTurns _turns = new();
    private Kept? _kept;

    /// <summary>The header of a request.</summary>
    /// <exception cref="ServiceException">There is no token to be had; the text names the authority's error number and nothing else of its answer.</exception>
    public async ValueTask<AuthenticationHeaderValue?> AuthorizeAsync(CancellationToken cancellation) =>
        Good() ?? await _turns.TakeAsync(scope, async () => Good() ?? await AskAsync(cancellation), cancellation);

    /// <summary>Graph has refused the token: the next request asks for another.</summary>
    public void Forget() => Volatile.Write(ref _kept, null);

    private async Task<AuthenticationHeaderValue> AskAsync(CancellationToken cancellation)
    {
        try
        {
            var token = await credential.Value.GetTokenAsync(new TokenRequestContext([scope]), cancellation);
            var header = new AuthenticationHeaderValue("Bearer", token.Token);
            Volatile.Write(ref _kept, new Kept(header, token.ExpiresOn - Margin));
            return header;
        }
        catch (Exception failure) when (failure is AuthenticationFailedException or RequestFailedException or ArgumentException)
        {
            // Of the whole chain: which of the exceptions has it depends on the kind of credential.
            var number = EntraNumber().Match(failure.ToString()) is { Success: true } match ? $" ({match.Value})" : "";
            throw new ServiceException($"signing in failed{number}: check TenantId, ClientId and the secret, certificate or identity of this connection");
        }
    }

    private AuthenticationHeaderValue? Good() => Volatile.Read(ref _kept) is { } kept && clock.GetUtcNow() < kept.GoodUntil ? kept.Header : null;

    [GeneratedRegex(@"AADSTS\d{1,9}")]
    private static partial Regex EntraNumber();

    private sealed record Kept(AuthenticationHeaderValue Header, DateTimeOffset GoodUntil);
}
