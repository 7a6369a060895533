namespace CxOrchestrator.TestKit;

/// <summary>
/// A clock that stands still until a test moves it. Timers (and with them <c>Task.Delay</c>, <c>CancellationTokenSource</c> and
/// <c>PeriodicTimer</c> on this clock) fire while <see cref="Advance"/> passes their due time, in the order of their due times.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _armed = NewSignal();
    private DateTimeOffset _now;
    private long _sequence;

    /// <summary>A clock that stands at a time; by default at a Monday noon in 2026.</summary>
    public ManualTimeProvider(DateTimeOffset? now = null) => _now = now ?? new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait for their time.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on; timers that fall due fire on the way, each at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <summary>Moves the clock to a time that is not before now.</summary>
    public void AdvanceTo(DateTimeOffset target)
    {
        while (TakeDue(target) is { } timer)
            timer.Fire();
        lock (_gate)
        {
            if (target > _now)
                _now = target;
        }
    }

    /// <summary>Waits (in real time) until so many timers are pending: the code under test has gone to sleep.</summary>
    public async Task TimersAsync(int count = 1)
    {
        while (true)
        {
            Task armed;
            lock (_gate)
            {
                if (_timers.Count >= count)
                    return;
                armed = _armed.Task;
            }

            await armed;
        }
    }

    /// <summary>
    /// Moves the clock from timer to timer until the task has ended, and gives its result. For code that sleeps more often than
    /// a test wants to count; anything with a time limit on this clock runs out of it.
    /// </summary>
    public async Task<T> UntilAsync<T>(Task<T> task)
    {
        while (await Task.WhenAny(task, TimersAsync()) != task)
        {
            if (NextDue() is { } due)
                AdvanceTo(due);
            await Task.Yield();
        }

        return await task;
    }

    private DateTimeOffset? NextDue()
    {
        lock (_gate)
            return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due);
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= target).OrderBy(timer => timer.Due).ThenBy(timer => timer.Order).FirstOrDefault();
            if (next is null)
                return null;
            if (next.Due > _now)
                _now = next.Due;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
                Arm(next, next.Period);
            return next;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        timer.Due = _now + dueTime;
        timer.Order = _sequence++;
        _timers.Add(timer);
        var armed = _armed;
        _armed = NewSignal();
        armed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public long Order { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                    clock.Arm(this, dueTime);
            }

            return true;
        }

        // A due time of zero fires with the next move of the clock, even one by nothing.
        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
