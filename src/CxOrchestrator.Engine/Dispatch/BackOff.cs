namespace CxOrchestrator.Engine.Dispatch;

/// <summary>When something that could not be done is tried again: after 1, 5, 15 and 60 minutes, then hourly, each with up to a tenth more.</summary>
internal static class BackOff
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    /// <summary>The pause before the next try.</summary>
    /// <param name="id">Whose: spreads the tries of many rows, each always in the same way.</param>
    /// <param name="attempts">How often it was tried, from 1.</param>
    /// <param name="asked">What the service asked for, or null; never less is waited.</param>
    public static TimeSpan After(Guid id, int attempts, TimeSpan? asked = null)
    {
        var pause = Pauses[Math.Clamp(attempts, 1, Pauses.Length) - 1];
        pause += pause * Spread(id, attempts);
        return asked > pause ? asked.Value : pause;
    }

    private static double Spread(Guid id, int attempts)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        // The end of a version 7 key is random.
        return ((bytes[15] + (attempts * 37)) & 0xff) / 2560.0;
    }
}
