namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>The real clock and a lead over it: customers' time, which is moved on to make the next round due.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private long _lead;

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _lead, by.Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _lead));
}
