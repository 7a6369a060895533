using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;

namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>
/// Checks the signature in a NuGet package (<c>.signature.p7s</c>). Checked: that the signature holds for the certificate in it,
/// and that the package is byte for byte what was signed. Not checked, since it needs a list of trusted issuers and a network:
/// whether the certificate is one to trust, whether it was revoked, and the time stamp. Who installs compares the fingerprint.
/// Format: NuGet's "package signatures technical details".
/// </summary>
internal static class PackageSignature
{
    private const int MaxBytes = 1024 * 1024;
    private const string WhatToDo = "get the package again from where its author publishes it";

    // The hash algorithms that NuGet signs with, by the object identifiers that stand in the signed text.
    private static readonly Dictionary<string, HashAlgorithmName> Algorithms = new()
    {
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
    };

    /// <summary>Checks a package.</summary>
    /// <returns><c>none</c> or <c>verified by SUBJECT</c> for the book with the fingerprint beside it; or the fault.</returns>
    public static (string? Signature, string? Fingerprint, string? Fault) Check(Package package)
    {
        if (!package.IsArchive || package.Entries.FirstOrDefault(entry => entry.Path == PackageRoot.SignatureFile) is not { } entry)
            return ("none", null, null);
        try
        {
            var message = new SignedCms();
            message.Decode(Read(entry));
            message.CheckSignature(verifySignatureOnly: true);
            if (message.SignerInfos is not [{ Certificate: { } certificate }])
                return Faulty("it does not have exactly one signer with a certificate");
            if (!SameContent(message.ContentInfo.Content, package.Path))
                return Faulty("the package is not what was signed: it was changed afterwards");
            return ($"verified by {certificate.Subject}", Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)), null);
        }
        catch (Exception broken) when (broken is CryptographicException or InvalidDataException or FormatException)
        {
            return Faulty(broken.Message);
        }

        static (string?, string?, string?) Faulty(string why) => (null, null, $"its signature does not hold ({why.TrimEnd('.')}): {WhatToDo}");
    }

    private static byte[] Read(PackageEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[8192];
        while (stream.Read(buffer) is var count and > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MaxBytes)
                throw new InvalidDataException($"it is larger than {MaxBytes} bytes");
        }

        return content.ToArray();
    }

    // The signed text is "Version:1", an empty line, and "OID-Hash:BASE64".
    private static bool SameContent(byte[] signed, string file)
    {
        var lines = Encoding.UTF8.GetString(signed).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines is not ["Version:1", .. var hashes] || hashes.Length == 0)
            throw new InvalidDataException("the signed text is not of version 1");
        return hashes.All(line =>
        {
            var at = line.IndexOf("-Hash:", StringComparison.Ordinal);
            if (at < 0 || !Algorithms.TryGetValue(line[..at], out var algorithm))
                throw new InvalidDataException("the signed text names a hash that isn't known");
            return CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(line[(at + "-Hash:".Length)..]), UnsignedArchive.Hash(file, algorithm));
        });
    }
}
