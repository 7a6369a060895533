namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// When something that could not be done is tried again: after 1, 5, 15 and 60 minutes, then hourly, each with up to a tenth more. What may be done twice
/// without harm, because it carries a key, is tried again sooner at first.
/// </summary>
internal static class BackOff
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];

    private static readonly TimeSpan[] WritePauses = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), .. Pauses];

    // A service that asks for longer is taken as one that asks for a week: no connector can put a row off for ever.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(7);

    /// <summary>The pause before the next try.</summary>
    /// <param name="id">Whose: spreads the tries of many rows, each always in the same way.</param>
    /// <param name="attempts">How often it was tried, from 1.</param>
    /// <param name="asked">What the service asked for, or null; never less is waited, up to a week.</param>
    public static TimeSpan After(Guid id, int attempts, TimeSpan? asked = null) => After(Pauses, id, attempts, asked);

    /// <summary>The pause before a write is tried again that carries a key: after 5 and 15 seconds, then as everything else.</summary>
    public static TimeSpan AfterWrite(Guid id, int attempts, TimeSpan? asked = null) => After(WritePauses, id, attempts, asked);

    private static TimeSpan After(TimeSpan[] pauses, Guid id, int attempts, TimeSpan? asked)
    {
        var pause = pauses[Math.Clamp(attempts, 1, pauses.Length) - 1];
        pause += pause * Spread(id, attempts);
        var wanted = asked < LongestAsked ? asked : asked is null ? null : LongestAsked;
        return wanted > pause ? wanted.Value : pause;
    }

    private static double Spread(Guid id, int attempts)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        // The end of a version 7 key is random.
        return ((bytes[15] + (attempts * 37)) & 0xff) / 2560.0;
    }
}
