namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// A token bucket: so many calls a second over time, and at most one second's worth at once. See decision 0002 for why it isn't
/// the runtime's, which can't be given a clock.
/// </summary>
internal sealed class RateLimit
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly double _perSecond;
    private readonly double _capacity;
    private double _tokens;
    private long _filled;

    /// <summary>A full bucket; a rate of 0 has no limit.</summary>
    public RateLimit(double perSecond, TimeProvider time)
    {
        _time = time;
        _perSecond = perSecond;
        _capacity = Math.Max(1, perSecond);
        _tokens = _capacity;
        _filled = time.GetTimestamp();
    }

    /// <summary>Takes one call's token; where there is none, says when there will be.</summary>
    public Refusal? Take()
    {
        if (_perSecond == 0)
            return null;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            _tokens = Math.Min(_capacity, _tokens + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
            _filled = now;
            if (_tokens >= 1)
            {
                _tokens--;
                return null;
            }

            return new Refusal(
                FormattableString.Invariant($"its rate of {_perSecond} calls a second is used up"),
                TimeSpan.FromSeconds((1 - _tokens) / _perSecond));
        }
    }
}
