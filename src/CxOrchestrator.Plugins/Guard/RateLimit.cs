using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// A token bucket: so many calls a second over time, and at most one second's worth at once, of which this node has its share. See decision 0002 for why it isn't
/// the runtime's, which can't be given a clock.
/// </summary>
internal sealed class RateLimit
{
    private static readonly TimeSpan WithoutShare = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly NodeShare? _share;
    private readonly double _perSecond;
    private double _tokens;
    private long _filled;

    /// <summary>A full bucket; a rate of 0 has no limit.</summary>
    public RateLimit(double perSecond, TimeProvider time, NodeShare? share = null)
    {
        _time = time;
        _share = share;
        _perSecond = perSecond;
        _tokens = Math.Max(1, perSecond) * Part;
        _filled = time.GetTimestamp();
    }

    private double Part => _share?.Part ?? 1;

    /// <summary>Takes one call's token; where there is none, says when there will be.</summary>
    public Refusal? Take()
    {
        if (_perSecond == 0)
            return null;
        lock (_gate)
        {
            var (now, rate) = (_time.GetTimestamp(), _perSecond * Part);
            // What was saved up with a larger share is not this node's any more; a call needs a whole token, however small the share.
            _tokens = Math.Min(rate == 0 ? 0 : Math.Max(1, rate), _tokens + (_time.GetElapsedTime(_filled, now).TotalSeconds * rate));
            _filled = now;
            if (_tokens >= 1)
            {
                _tokens--;
                return null;
            }

            return rate == 0
                ? new Refusal("its rate is left to the other nodes until they have counted this one", WithoutShare)
                : new Refusal(
                    FormattableString.Invariant($"its rate of {_perSecond} calls a second{(Part < 1 ? " over all nodes" : "")} is used up"),
                    TimeSpan.FromSeconds((1 - _tokens) / rate));
        }
    }
}
