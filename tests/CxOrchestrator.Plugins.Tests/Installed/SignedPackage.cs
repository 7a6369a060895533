using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CxOrchestrator.Plugins.Tests.Installed;

/// <summary>Signs archives as NuGet does: the signature is an uncompressed entry after all others, over the hash of the archive as it was before.</summary>
internal static class SignedPackage
{
    private static readonly byte[] Name = ".signature.p7s"u8.ToArray();

    public static void Sign(string file, string subject = "CN=Example Author")
    {
        var unsigned = File.ReadAllBytes(file);
        var text = $"Version:1\n\n2.16.840.1.101.3.4.2.1-Hash:{Convert.ToBase64String(SHA256.HashData(unsigned))}\n\n";
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(1));
        var message = new SignedCms(new ContentInfo(Encoding.UTF8.GetBytes(text)));
        message.ComputeSignature(new CmsSigner(certificate) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") });
        File.WriteAllBytes(file, WithEntry(unsigned, message.Encode()));
    }

    /// <summary>An archive with one more entry, everything else byte for byte as it was.</summary>
    public static byte[] WithEntry(byte[] archive, byte[] content)
    {
        var end = archive.Length - 22;
        var directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(end + 16));
        var head = new byte[26];
        BinaryPrimitives.WriteUInt16LittleEndian(head, 20);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(10), Crc(content));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(14), (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(18), (uint)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(22), (ushort)Name.Length);
        byte[] local = [0x50, 0x4b, 3, 4, .. head, .. Name, .. content];
        var place = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)directory);
        byte[] record = [0x50, 0x4b, 1, 2, 20, 0, .. head, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. place, .. Name];
        var last = archive[end..];
        foreach (var at in new[] { 8, 10 })
            BinaryPrimitives.WriteUInt16LittleEndian(last.AsSpan(at), (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(last.AsSpan(at)) + 1));
        BinaryPrimitives.WriteUInt32LittleEndian(last.AsSpan(12), (uint)(end - directory + record.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(last.AsSpan(16), (uint)(directory + local.Length));
        return [.. archive[..directory], .. local, .. archive[directory..end], .. record, .. last];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
