using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CxOrchestrator.Core.Experiments;

/// <summary>
/// The bucket of a customer in a split: a pure function of the two, so that every node, every re-entry and every simulation finds the same, and splits of
/// different names divide people independently of each other.
/// </summary>
public static class SplitBuckets
{
    /// <summary>How many buckets there are.</summary>
    public const int Count = 10_000;

    /// <summary>
    /// From 0 to 9,999: the first 8 bytes, big-endian, of the SHA-256 of <c>{customer, 32 hex digits}/{journey}/{split}</c>, modulo 10,000. Anybody can check
    /// it: <c>printf '%s' 0190…/welcome/subject-line | sha256sum</c>.
    /// </summary>
    public static int Of(Guid customer, string journey, string split)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{customer:N}/{journey}/{split}"), hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Count);
    }
}
