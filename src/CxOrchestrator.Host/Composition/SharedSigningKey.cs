using System.Security.Cryptography;
using CxOrchestrator.Core;
using CxOrchestrator.Host.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Host.Composition;

/// <summary>
/// Sees that all nodes of a database sign customers' links with one key: a link that one node put into a mail is opened at another. The database keeps a fingerprint of the
/// key, from which nobody gets the key.
/// </summary>
internal static class SharedSigningKey
{
    private const string Mark = "links/signing-key";

    /// <summary>The key of an installation: the setting's, else the data folder's own.</summary>
    public static byte[] Of(HostSettings settings) => settings.Links.Key() ?? SigningKeyFile.ReadOrMake(settings.Core.DataFolder);

    /// <summary>Compares the key with that of the others.</summary>
    /// <exception cref="UserException">It is another; the message says what to do.</exception>
    public static async Task CheckAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var settings = services.GetRequiredService<HostSettings>();
        if (settings.Storage.Kind != StoreKind.Postgres)
            return;
        var marks = services.GetRequiredService<IMarkStore>();
        var own = Convert.ToHexStringLower(HMACSHA256.HashData(Of(settings), "cxo signing key"u8))[..16];
        if (settings.Links.AcceptNewKey)
            await marks.WriteAsync(Mark, own, cancellation);
        var shared = await marks.WriteOnceAsync(Mark, own, cancellation);
        if (shared == own)
            return;
        var where = settings.Links.Key() is null ? $"its own ({SigningKeyFile.PathIn(settings.Core.DataFolder)})" : "that of Links:SigningKey";
        throw new UserException(
            $"This node signs customers' links with {where}, but nodes of this database sign with another key: neither would know the other's links. Give all nodes the same "
            + "Links:SigningKey, a reference such as env:CXO_LINKS_KEY to the key in base64 (of the first node's: base64 -w0 DATA/links.key). "
            + "To give the old key up, with every link that was sent, start one node with --set Links:AcceptNewKey=true");
    }
}
