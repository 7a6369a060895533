using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// The short way from the walks of this node to its sending on one channel: rows that a walk has stored as claimed already, so that nobody has to claim them. It
/// takes as many as sending will take off it in a moment; a walk that is ahead waits a little for it, and what finds no place is planned as ever, and claimed in
/// its turn. Safe to share between threads.
/// </summary>
internal sealed class SendRelay(TimeProvider machine)
{
    // Walks that send nothing wait with the others; in this time thousands of messages are sent where it pays.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);

    // For walks that have planned nothing of late: they don't wait for what they won't need.
    private const int Few = 16;

    private readonly Lock _gate = new();
    private readonly LaneTurns _turns = new();
    private readonly Queue<(Delivery Row, long Given)>[] _lanes = [.. Enum.GetValues<Lane>().Select(_ => new Queue<(Delivery, long)>())];
    private TaskCompletionSource _freed = Signal();
    private TaskCompletionSource _come = Signal();
    private int _places;
    private int _used;
    private int _waiting;
    private int _planned;
    private long _takes;
    private bool _wasVain;

    /// <summary>How many rows wait in it.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting;
        }
    }

    /// <summary>Sending takes rows: so many places there are now.</summary>
    public void Open(int places)
    {
        lock (_gate)
        {
            if (_places == places)
                return;
            _places = places;
            TellWaiting();
        }
    }

    /// <summary>Sending takes no more rows than those that wait and those whose places are taken.</summary>
    public void Close() => Open(0);

    /// <summary>Closes it and forgets what waits: its leases are let go of.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _places = 0;
            _used -= _waiting;
            _waiting = 0;
            TellWaiting();
            foreach (var lane in _lanes)
                lane.Clear();
        }
    }

    /// <summary>
    /// Takes places, at most as many as are wanted, and as twice the last walks had use for. Waits a moment for them while sending takes what is there.
    /// </summary>
    public async Task<int> TakePlacesAsync(int wanted)
    {
        var (began, before) = (machine.GetTimestamp(), Volatile.Read(ref _takes));
        while (true)
        {
            Task freed;
            lock (_gate)
            {
                wanted = Math.Min(wanted, Math.Max(Few, 2 * _planned));
                var enough = wanted <= _places ? wanted : _places / 2;
                if (_places == 0 || _wasVain || _places - _used >= enough)
                    return TakeFree(wanted);
                freed = _freed.Task;
            }

            try
            {
                var left = LongestWait - machine.GetElapsedTime(began);
                await freed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, machine);
            }
            catch (TimeoutException)
            {
                lock (_gate)
                {
                    // Nobody waits again before something is taken.
                    _wasVain = _takes == before;
                    return TakeFree(wanted);
                }
            }
        }
    }

    /// <summary>So many messages a batch of walks has planned, whether they had places or not.</summary>
    public void Planned(int messages)
    {
        lock (_gate)
            _planned = messages;
    }

    /// <summary>Gives places back that nothing was put on.</summary>
    public void FreePlaces(int places)
    {
        if (places == 0)
            return;
        lock (_gate)
        {
            _used -= places;
            TellWaiting();
        }
    }

    /// <summary>Puts claimed rows on places that were taken for them.</summary>
    public void Give(IReadOnlyCollection<Delivery> rows)
    {
        lock (_gate)
        {
            var now = machine.GetTimestamp();
            foreach (var row in rows)
                _lanes[(int)row.Lane].Enqueue((row, now));
            _waiting += rows.Count;
            _come.TrySetResult();
        }
    }

    /// <summary>Takes rows to be sent, at most so many: the lane whose turn it is first.</summary>
    public IReadOnlyList<Delivery> Take(int limit)
    {
        lock (_gate)
        {
            var rows = new List<Delivery>(Math.Min(limit, _waiting));
            if (_waiting == 0)
                return rows;
            foreach (var lane in _turns.Next())
            {
                while (rows.Count < limit && _lanes[(int)lane].TryDequeue(out var one))
                    rows.Add(one.Row);
            }

            Taken(rows.Count);
            return rows;
        }
    }

    /// <summary>Takes the rows that have waited longer than this: their leases won't last until it is their turn.</summary>
    public IReadOnlyList<Delivery> TakeOlder(TimeSpan age)
    {
        lock (_gate)
        {
            var rows = new List<Delivery>();
            foreach (var lane in _lanes)
            {
                while (lane.TryPeek(out var one) && machine.GetElapsedTime(one.Given) > age)
                    rows.Add(lane.Dequeue().Row);
            }

            if (rows.Count > 0)
                Taken(rows.Count);
            return rows;
        }
    }

    /// <summary>Closes it and takes all that waits.</summary>
    public IReadOnlyList<Delivery> End()
    {
        Close();
        return Take(int.MaxValue);
    }

    /// <summary>Ends when rows wait, after a time, or when it is asked to stop.</summary>
    public async Task ComingAsync(TimeSpan atMost, CancellationToken stop)
    {
        Task come;
        lock (_gate)
        {
            if (_waiting > 0)
                return;
            if (_come.Task.IsCompleted)
                _come = Signal();
            come = _come.Task;
        }

        try
        {
            await come.WaitAsync(atMost, machine, stop);
        }
        catch (Exception none) when (none is TimeoutException or OperationCanceledException)
        {
            // Nothing has come.
        }
    }

    private void Taken(int rows)
    {
        _used -= rows;
        _waiting -= rows;
        _takes++;
        _wasVain = false;
        TellWaiting();
    }

    private void TellWaiting()
    {
        _freed.TrySetResult();
        _freed = Signal();
    }

    private int TakeFree(int wanted)
    {
        var places = Math.Clamp(_places - _used, 0, wanted);
        _used += places;
        return places;
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
