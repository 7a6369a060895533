namespace CxOrchestrator.Plugins.EmailSmtp.Pool;

/// <summary>
/// Keeps the messages to one domain below a rate and a number at once. It never waits: what is too much is told with the time after which to
/// come again, spread out so that not all come at once.
/// </summary>
/// <param name="perSecond">Messages a second to one domain; 0 for no limit.</param>
/// <param name="atOnce">Messages at once to one domain; 0 for no limit.</param>
/// <param name="clock">The clock that the rate is measured by.</param>
internal sealed class DomainPace(int perSecond, int atOnce, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WaitForAPlace = TimeSpan.FromSeconds(1);
    private const int DomainsBeforeSweep = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a place; false with the time to wait where there is none.</summary>
    public bool TryEnter(string domain, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (perSecond == 0 && atOnce == 0)
        {
            return true;
        }

        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var lane = LaneOf(domain, now);
            if (atOnce > 0 && lane.Inside >= atOnce)
            {
                wait = WaitForAPlace;
                return false;
            }

            if (perSecond > 0 && !lane.TryTake(now, perSecond))
            {
                wait = lane.Turn(now, perSecond);
                return false;
            }

            lane.Inside++;
            return true;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(string domain)
    {
        if (perSecond == 0 && atOnce == 0)
        {
            return;
        }

        lock (_gate)
        {
            _lanes[domain].Inside--;
        }
    }

    private Lane LaneOf(string domain, DateTimeOffset now)
    {
        if (_lanes.TryGetValue(domain, out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= DomainsBeforeSweep)
        {
            foreach (var idle in _lanes.Where(pair => pair.Value.IsIdle(now)).Select(pair => pair.Key).ToList())
            {
                _lanes.Remove(idle);
            }
        }

        return _lanes[domain] = new Lane(now, perSecond);
    }

    private sealed class Lane(DateTimeOffset since, int burst)
    {
        private DateTimeOffset _since = since;
        private double _left = burst;
        private DateTimeOffset _lastTurn;

        public int Inside { get; set; }

        public bool IsIdle(DateTimeOffset now) => Inside == 0 && now - _since > LongestWait && now > _lastTurn;

        public bool TryTake(DateTimeOffset now, int perSecond)
        {
            _left = Math.Min(perSecond, _left + ((now - _since).TotalSeconds * perSecond));
            _since = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }

        // The turns that were told already are not free for the next.
        public TimeSpan Turn(DateTimeOffset now, int perSecond)
        {
            var gap = TimeSpan.FromSeconds(1.0 / perSecond);
            var earliest = now + ((1 - _left) * gap);
            _lastTurn = _lastTurn + gap > earliest ? _lastTurn + gap : earliest;
            if (_lastTurn > now + LongestWait)
            {
                _lastTurn = now + LongestWait;
            }

            return _lastTurn - now;
        }
    }
}
