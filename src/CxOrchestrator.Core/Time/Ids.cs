using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CxOrchestrator.Core;

/// <summary>Makes keys that sort in order of time (UUID version 7, RFC 9562).</summary>
public static class Ids
{
    // Random bytes are asked of the system for some hundred keys at a time: one by one that costs more than all else of a key.
    private const int RandomOfKey = 6;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _left;

    private static int _count;

    /// <summary>
    /// A new key for something that comes to be at this time. Keys that a process makes for the same millisecond sort in the order of their making: what
    /// follows the version is a counter of 26 bits (RFC 9562, 6.2, method 1), and 48 random bits after it keep processes apart.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970.</exception>
    public static Guid New(DateTimeOffset at)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(at));
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, milliseconds << 16);
        var count = Interlocked.Increment(ref _count) & 0x3ff_ffff;
        // 12 bits after the version, and 14 after the variant.
        bytes[6] = (byte)(0x70 | (count >> 22));
        bytes[7] = (byte)(count >> 14);
        bytes[8] = (byte)(0x80 | ((count >> 8) & 0x3f));
        bytes[9] = (byte)count;
        Random(bytes[^RandomOfKey..]);
        return new Guid(bytes, bigEndian: true);
    }

    private static void Random(Span<byte> bytes)
    {
        var random = _random ??= new byte[512 * RandomOfKey];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(random);
            _left = random.Length;
        }

        _left -= bytes.Length;
        random.AsSpan(_left, bytes.Length).CopyTo(bytes);
    }
}
