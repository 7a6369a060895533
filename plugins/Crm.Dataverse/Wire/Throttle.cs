using System.Globalization;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire;

/// <summary>
/// How many requests of a connection are under way, and when none may be made. The level rises by one for each level's worth of answers and is halved by
/// a 429 (additive increase, multiplicative decrease), so that it finds what the organisation takes; a <c>Retry-After</c> holds all callers back.
/// </summary>
internal sealed class Throttle(int mostAtOnce, int mostPerWindow, TimeProvider clock)
{
    /// <summary>The sliding window of Dataverse's service protection.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const string RequestsLeft = "x-ms-ratelimit-burst-remaining-xrm-requests";
    private const string TimeLeft = "x-ms-ratelimit-time-remaining-xrm-requests";

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource<long>> _waiting = [];
    // When each was answered, not when it left: it arrived somewhere between, so that no window of the service's clock can hold more than ours does.
    private readonly Queue<DateTimeOffset> _answered = new();
    private double _level = Math.Min(4, mostAtOnce);
    private int _underWay;
    // Most under way since there were none: a level that nobody comes up to is not raised.
    private int _most;
    private DateTimeOffset _heldUntil;
    private long _turn;
    private long _halvedAt;

    /// <summary>Requests at once that are made now, a fraction of one included.</summary>
    public double Level
    {
        get
        {
            lock (_gate)
                return _level;
        }
    }

    /// <summary>Waits for a place among the requests under way; gives its turn, for <see cref="Leave"/>.</summary>
    /// <exception cref="ServiceException">None may be made for now, and for how long; nothing was sent.</exception>
    public async Task<long> EnterAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<long> place;
        lock (_gate)
        {
            ThrowIfHeld();
            if (_underWay < (int)_level && _waiting.Count == 0)
                return Start();
            place = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(place);
        }

        await using (cancellation.Register(() => place.TrySetCanceled(cancellation)))
            return await place.Task;
    }

    /// <summary>A request has come back.</summary>
    public void Leave(long turn, ServiceAnswer? answer)
    {
        lock (_gate)
        {
            _underWay--;
            _answered.Enqueue(clock.GetUtcNow());
            if (answer is ServiceReply reply)
                Learn(turn, reply);
            if (_underWay == 0)
                _most = 0;
            LetIn();
        }
    }

    private void Learn(long turn, ServiceReply reply)
    {
        // A service that is down is not congested; one that says when to come back is.
        if (reply.Status == 429 || reply is { Status: 503, RetryAfter: not null })
        {
            if (reply.RetryAfter is { } wait && clock.GetUtcNow() + wait is var until && until > _heldUntil)
                _heldUntil = until;
            // Those that were under way together are one sign of congestion, not many.
            if (turn <= _halvedAt)
                return;
            _level = Math.Max(1, _level / 2);
            _halvedAt = _turn;
        }
        else if (reply.IsSuccess && _most >= (int)_level)
        {
            _level = Math.Min(mostAtOnce, _level + (1 / _level));
        }

        // Each web server counts by itself, so that these say when to be careful, not when to stop.
        if (Number(reply, RequestsLeft) is { } left)
            _level = Math.Clamp(left, 1, _level);
        if (Number(reply, TimeLeft) is <= 0)
            _level = 1;
    }

    private void LetIn()
    {
        while (_waiting.First is { } first)
        {
            if (Wait() is { } wait)
            {
                first.Value.TrySetException(Held(wait));
            }
            else if (_underWay >= (int)_level)
            {
                return;
            }
            else if (first.Value.TrySetResult(_turn + 1))
            {
                Start();
            }

            _waiting.RemoveFirst();
        }
    }

    private long Start()
    {
        _underWay++;
        _most = Math.Max(_most, _underWay);
        return ++_turn;
    }

    private void ThrowIfHeld()
    {
        if (Wait() is { } wait)
            throw Held(wait);
    }

    private TimeSpan? Wait()
    {
        var now = clock.GetUtcNow();
        if (_heldUntil > now)
            return _heldUntil - now;
        while (_answered.TryPeek(out var oldest) && oldest <= now - Window)
            _answered.Dequeue();
        if (_answered.Count + _underWay < mostPerWindow)
            return null;
        return _answered.TryPeek(out var first) ? first + Window - now : TimeSpan.FromSeconds(1);
    }

    private static ServiceException Held(TimeSpan wait) => new(string.Create(
        CultureInfo.InvariantCulture, $"nothing was sent: the organisation's limits leave no room for the next {Math.Ceiling(wait.TotalSeconds)} s"))
    {
        Status = 429,
        RetryAfter = wait,
    };

    private static double? Number(ServiceReply reply, string header) =>
        double.TryParse(reply.Header(header), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;
}
