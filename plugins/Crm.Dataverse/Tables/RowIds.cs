using System.Security.Cryptography;
using System.Text;

namespace CxOrchestrator.Plugins.CrmDataverse.Tables;

/// <summary>
/// The primary key that a row of ours has from the beginning: made from the change's key, so that a second try finds the first one's row in its place. An id
/// of version 8 (RFC 9562, 5.8): the first 122 bits of SHA-256.
/// </summary>
internal static class RowIds
{
    /// <summary>The id of what a key stands for.</summary>
    /// <param name="what">Keeps the ids of different things apart, for example <c>incident</c>.</param>
    /// <param name="key">The idempotency key.</param>
    public static Guid Of(string what, string key)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"cx-orchestrator/dataverse\0{what}\0{key}"), digest);
        digest[6] = (byte)((digest[6] & 0x0f) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3f) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }

    /// <summary>Eight digits that tell one change from another.</summary>
    public static string Mark(string key) => Of("mark", key).ToString("N")[..8];
}
