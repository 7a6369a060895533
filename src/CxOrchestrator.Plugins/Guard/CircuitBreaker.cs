namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// Stops calling what keeps failing: closed → (failures in a row) → open → (after a while) one trial → closed or open again.
/// </summary>
internal sealed class CircuitBreaker(GuardOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Quarantine _quarantine = new(options);
    private DateTimeOffset? _openUntil;
    private int _failures;
    private int _epoch;
    private bool _onTrial;

    /// <summary>Where it stands.</summary>
    public BreakerPosition Position
    {
        get
        {
            lock (_gate)
                return PositionNow();
        }
    }

    /// <summary>Why a call would not be let through now; null where it would.</summary>
    public Refusal? Refusal()
    {
        lock (_gate)
            return RefusalNow();
    }

    /// <summary>Lets a call through, or refuses it. What is let through must be reported or abandoned.</summary>
    public (Entry? Entry, Refusal? Refusal) Enter()
    {
        lock (_gate)
        {
            if (RefusalNow() is { } refusal)
                return (null, refusal);
            _onTrial = _openUntil is not null;
            return (new Entry(this, _epoch), null);
        }
    }

    /// <summary>Opens it with the quarantine that began before a restart.</summary>
    public void ResumeQuarantine(DateTimeOffset since)
    {
        lock (_gate)
        {
            _quarantine.Resume();
            _openUntil = since + options.QuarantineFor;
            NextEpoch();
        }
    }

    /// <summary>Closes it, whatever was.</summary>
    public void Close()
    {
        lock (_gate)
            CloseNow();
    }

    private Refusal? RefusalNow()
    {
        if (_openUntil is not { } until)
            return null;
        var what = _quarantine.Active ? "it is quarantined" : "its breaker is open";
        var left = until - time.GetUtcNow();
        if (left > TimeSpan.Zero)
            return new Refusal($"{what} after too many failures", left);
        return _onTrial ? new Refusal($"{what} and a trial call is on its way", options.OpenFor) : null;
    }

    private BreakerPosition PositionNow() => (_openUntil, _quarantine.Active) switch
    {
        (null, _) => BreakerPosition.Closed,
        (_, true) => BreakerPosition.Quarantined,
        _ => BreakerPosition.Open,
    };

    private void Report(int epoch, bool success)
    {
        lock (_gate)
        {
            // A call from before the last change says nothing about now.
            if (epoch != _epoch)
                return;
            if (success)
            {
                if (_openUntil is not null)
                    CloseNow();
                _failures = 0;
                _quarantine.Clear();
                return;
            }

            if (_openUntil is null && ++_failures < options.FailuresToOpen)
                return;
            _openUntil = time.GetUtcNow() + _quarantine.AfterOpening();
            NextEpoch();
        }
    }

    private void Abandon(int epoch)
    {
        lock (_gate)
        {
            if (epoch == _epoch)
                _onTrial = false;
        }
    }

    private void CloseNow()
    {
        _openUntil = null;
        _quarantine.Clear();
        NextEpoch();
    }

    private void NextEpoch()
    {
        _epoch++;
        _failures = 0;
        _onTrial = false;
    }

    /// <summary>A call that was let through.</summary>
    internal sealed class Entry(CircuitBreaker breaker, int epoch)
    {
        /// <summary>Tells how it went.</summary>
        public void Report(bool success) => breaker.Report(epoch, success);

        /// <summary>Tells that it was not made after all, or that nobody waited for its end.</summary>
        public void Abandon() => breaker.Abandon(epoch);
    }
}
