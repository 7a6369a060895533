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
}
