namespace CxOrchestrator.Host.Clock;

/// <summary>
/// Customers' time that runs faster than real time, for the demo and for trying journeys out. It is a function of real time alone (start, anchor,
/// speed), so that it goes on where it should after a restart.
/// </summary>
public sealed class ScaledTimeProvider : TimeProvider
{
    private readonly TimeProvider _real;
    private volatile Pace _pace;

    /// <summary>Customers' time was <paramref name="start"/> when real time was <paramref name="anchor"/>, and runs <paramref name="speed"/> times as fast.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not above zero.</exception>
    public ScaledTimeProvider(TimeProvider real, DateTimeOffset start, DateTimeOffset anchor, double speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _real = real;
        _pace = new Pace(start, anchor, speed);
    }

    /// <summary>How fast it runs; a change goes on from the time it is.</summary>
    public double Speed
    {
        get => _pace.Speed;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            var now = _real.GetUtcNow();
            _pace = new Pace(_pace.At(now), now, value);
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _pace.At(_real.GetUtcNow());

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _real.CreateTimer(callback, state, Real(dueTime), Real(period));

    private TimeSpan Real(TimeSpan span) =>
        span <= TimeSpan.Zero ? span : TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, (long)(span.Ticks / _pace.Speed)));

    private sealed record Pace(DateTimeOffset Start, DateTimeOffset Anchor, double Speed)
    {
        public DateTimeOffset At(DateTimeOffset real) => Start.AddTicks((long)((real - Anchor).Ticks * Speed));
    }
}
