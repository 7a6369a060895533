using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// Decides whether the server's certificate is trusted: by the system, by a private CA, or by being the very one that was named.
/// There is no way to trust anything else.
/// </summary>
public sealed class CertificateTrust
{
    private readonly string? _thumbprint;
    private readonly X509Certificate2Collection _named = [];

    private CertificateTrust(string? thumbprint) => _thumbprint = thumbprint;

    /// <summary>Reads the setting: a SHA-256 thumbprint, a PEM file, or nothing.</summary>
    /// <exception cref="FormatException">It is none of them; the text says what to do.</exception>
    public static CertificateTrust From(string? setting)
    {
        var hex = setting?.Replace(":", "", StringComparison.Ordinal).Trim();
        if (string.IsNullOrEmpty(hex))
        {
            return new CertificateTrust(null);
        }

        if (hex.Length == 64 && hex.All(char.IsAsciiHexDigit))
        {
            return new CertificateTrust(hex.ToUpperInvariant());
        }

        var trust = new CertificateTrust(null);
        try
        {
            trust._named.ImportFromPemFile(setting!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException(
                $"TrustedCertificate '{setting}' can't be read: {fault.Message} Name a PEM file, or a SHA-256 thumbprint of 64 hex digits.", fault);
        }

        return trust._named.Count > 0
            ? trust
            : throw new FormatException($"TrustedCertificate '{setting}' holds no certificate. Name a PEM file with BEGIN CERTIFICATE in it.");
    }

    /// <summary>The callback for the handshake.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? offered, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        if (_thumbprint is not null)
        {
            return leaf.GetCertHashString(HashAlgorithmName.SHA256) == _thumbprint;
        }

        if (_named.Any(named => named.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span)))
        {
            return true;
        }

        return _named.Count > 0 && errors == SslPolicyErrors.RemoteCertificateChainErrors && IsIssuedByNamed(leaf, offered);
    }

    private bool IsIssuedByNamed(X509Certificate2 leaf, X509Chain? offered)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_named);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in offered?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(leaf);
    }
}
