using Azure.Core;

namespace CxOrchestrator.Plugins.CrmDataverse.Identity;

/// <summary>A credential that is made when it is first used: making one may read files, and connecting must not.</summary>
internal sealed class LazyCredential(Func<TokenCredential> make) : TokenCredential
{
    private TokenCredential? _made;

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Made().GetToken(requestContext, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Made().GetTokenAsync(requestContext, cancellationToken);

    // Two callers at once may make two; the second is as good. One that could not be made is tried again with the next call.
    private TokenCredential Made() => _made ??= make();
}
