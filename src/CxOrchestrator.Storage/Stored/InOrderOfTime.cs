using System.Buffers.Binary;

namespace CxOrchestrator.Storage;

/// <summary>The order in which the database keeps keys.</summary>
internal sealed class InOrderOfTime : IComparer<Guid>
{
    private InOrderOfTime()
    {
    }

    /// <summary>By big-endian bytes: for keys of version 7, the order of time.</summary>
    public static InOrderOfTime Keys { get; } = new();

    public int Compare(Guid x, Guid y)
    {
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        x.TryWriteBytes(left, bigEndian: true, out _);
        y.TryWriteBytes(right, bigEndian: true, out _);
        return left.SequenceCompareTo(right);
    }

    /// <summary>The first of all keys of a day of UTC.</summary>
    public static Guid FirstOf(DateOnly day) => FirstOf(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    /// <summary>The time that a key begins with, in milliseconds since 1970.</summary>
    public static long MillisecondsOf(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
    }

    /// <summary>The first of all keys of a time: keys begin with their time in milliseconds.</summary>
    public static Guid FirstOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, time.ToUnixTimeMilliseconds()) << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
