using CxOrchestrator.Core.Links;
using CxOrchestrator.Plugins.Secrets;

namespace CxOrchestrator.Host.Settings;

/// <summary>The section <c>Links</c>: what signs customers' links.</summary>
public sealed record LinkSettings
{
    // Nothing that a record prints.
    private byte[]? SigningKey { get; init; }

    /// <summary><c>Links:AcceptNewKey</c>: takes this node's key although others signed with another. For one start.</summary>
    public bool AcceptNewKey { get; private init; }

    /// <summary><c>Links:SigningKey</c>, decoded; null where the data folder's own key signs.</summary>
    public byte[]? Key() => SigningKey;

    internal static LinkSettings Read(SettingsSection links, List<string> faults)
    {
        var reference = links.Text("SigningKey");
        var accept = links.YesNo("AcceptNewKey", false);
        links.NothingElse();
        return new LinkSettings { AcceptNewKey = accept, SigningKey = reference.Length == 0 ? null : ReadKey(reference, faults) };
    }

    private static byte[]? ReadKey(string reference, List<string> faults)
    {
        var (secret, fault) = SecretLookup.Find(reference);
        if (secret is null)
        {
            faults.Add($"Links:SigningKey: {fault}");
            return null;
        }

        var key = new byte[LinkSigner.KeyLength + 1];
        if (Convert.TryFromBase64String(secret.Reveal().Trim(), key, out var length) && length == LinkSigner.KeyLength)
            return key[..length];
        faults.Add($"Links:SigningKey refers to something that is not a key: put {LinkSigner.KeyLength} random bytes in base64 there, "
            + "made with openssl rand -base64 32, or those of the key that is in use: base64 -w0 DATA/links.key");
        return null;
    }
}
