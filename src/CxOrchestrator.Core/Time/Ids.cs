namespace CxOrchestrator.Core;

/// <summary>Makes keys that sort in order of time (UUID version 7, RFC 9562).</summary>
public static class Ids
{
    private static int _count;

    /// <summary>
    /// A new key for something that comes to be at this time. Keys that a process makes for the same millisecond sort in the order of their making: what
    /// follows the version is a counter of 26 bits (RFC 9562, 6.2, method 1), and 48 random bits after it keep processes apart.
    /// </summary>
    public static Guid New(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(at).TryWriteBytes(bytes, bigEndian: true, out _);
        var count = Interlocked.Increment(ref _count) & 0x3ff_ffff;
        // 12 bits after the version, and 14 after the variant.
        bytes[6] = (byte)(0x70 | (count >> 22));
        bytes[7] = (byte)(count >> 14);
        bytes[8] = (byte)(0x80 | ((count >> 8) & 0x3f));
        bytes[9] = (byte)count;
        return new Guid(bytes, bigEndian: true);
    }
}
