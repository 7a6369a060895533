namespace CxOrchestrator.Core.Nodes;

/// <summary>
/// A clock that follows the store's, so that leases and due times mean the same to every node, however wrong their machines' clocks are. It runs by the machine's
/// monotonic timer between looks at the store's clock. A look that took long says less than one that was quick: it counts where its uncertainty is smaller than
/// what ours has grown to, and where the two can't both be right, for then the store's clock was set. It never goes back; where it was ahead it stands still until the store's time has come.
/// </summary>
public sealed class StoreClock(TimeProvider machine) : TimeProvider
{
    // Two good quartz clocks part by less than this each second.
    private const double Drift = 200e-6;

    private readonly Lock _gate = new();
    private Look? _look;
    private DateTimeOffset _latest;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>How far the machine's own clock is ahead of the store's; null before the first look.</summary>
    public TimeSpan? MachineAhead
    {
        get
        {
            lock (_gate)
                return _look is { } look ? machine.GetUtcNow() - At(look, machine.GetTimestamp()) : null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var now = _look is { } look ? At(look, machine.GetTimestamp()) : machine.GetUtcNow();
            // Before the first look the machine's clock counts, and may be ahead by hours: standing still for those would be worse than one step back.
            return _look is null ? now : _latest = now > _latest ? now : _latest;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes what the store's clock said to a question.</summary>
    /// <param name="askedAt">This clock's timestamp before the question.</param>
    /// <param name="said">The store's time while it answered.</param>
    public void Follow(long askedAt, DateTimeOffset said)
    {
        var answeredAt = machine.GetTimestamp();
        var half = machine.GetElapsedTime(askedAt, answeredAt) / 2;
        lock (_gate)
        {
            if (_look is { } old && half >= Uncertainty(old, answeredAt) && (said + half - At(old, answeredAt)).Duration() <= half + Uncertainty(old, answeredAt))
                return;
            // Somewhere between question and answer: the middle is off by half of the round trip at most.
            _look = new Look(answeredAt, said + half, half);
        }
    }

    private TimeSpan Uncertainty(Look look, long at) => look.Uncertain + (machine.GetElapsedTime(look.Timestamp, at) * Drift);

    private DateTimeOffset At(Look look, long timestamp) => look.Time + machine.GetElapsedTime(look.Timestamp, timestamp);

    private sealed record Look(long Timestamp, DateTimeOffset Time, TimeSpan Uncertain);
}
