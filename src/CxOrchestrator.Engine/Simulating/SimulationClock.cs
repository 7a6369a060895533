namespace CxOrchestrator.Engine.Simulating;

/// <summary>The clock of a simulation: it stands still until it is moved.</summary>
public sealed class SimulationClock : TimeProvider
{
    private long _ticks;

    /// <summary>A clock that shows a time.</summary>
    public SimulationClock(DateTimeOffset now) => Set(now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>Moves it.</summary>
    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
