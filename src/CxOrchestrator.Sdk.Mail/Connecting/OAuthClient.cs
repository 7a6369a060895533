namespace CxOrchestrator.Sdk.Mail;

/// <summary>Where access tokens come from: the client credentials grant (RFC 6749, 4.4).</summary>
/// <param name="Url">The token endpoint.</param>
/// <param name="ClientId">The application's id there.</param>
/// <param name="ClientSecret">The application's secret.</param>
/// <param name="Scope">What the token is for; null where the service wants none.</param>
public sealed record OAuthClient(Uri Url, string ClientId, Secret ClientSecret, string? Scope)
{
    /// <summary>
    /// What is wrong with an address for tokens, or null: it must be <c>https</c>, because the secret goes there; <c>http</c> is taken on this machine alone.
    /// </summary>
    public static string? FaultOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? null
            : "it must be an https address, because the client's secret is sent there";
}
