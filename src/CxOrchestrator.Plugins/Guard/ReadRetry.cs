using CxOrchestrator.Core.Connections;

namespace CxOrchestrator.Plugins.Guard;

/// <summary>Says whether and after how long a failed call is repeated: reads only, with growing pauses that are spread out.</summary>
internal sealed class ReadRetry(int retries, Func<double> spread)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The pause before the next try: 0.2 s doubled each time up to 5 s, times a random factor from 0.5 to 1.5 so that many
    /// nodes don't come back in step; null where there is no next try.
    /// </summary>
    /// <param name="kind">Only a read is repeated.</param>
    /// <param name="tried">How often it was tried already.</param>
    /// <param name="left">Time left; a pause that would use it up is not worth it.</param>
    public TimeSpan? Pause(CallKind kind, int tried, TimeSpan left)
    {
        if (kind != CallKind.Read || tried > retries)
            return null;
        var grown = First * Math.Pow(2, tried - 1);
        var pause = (grown < Longest ? grown : Longest) * (0.5 + spread());
        return pause < left ? pause : null;
    }
}
