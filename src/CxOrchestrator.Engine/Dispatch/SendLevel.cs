namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// How many messages a service is handed at once: as many as may be, until it fails or lets wait. Each group of which nothing comes through halves it, down to
/// one; answers that take longer than <see cref="Slow"/> take a quarter off; each group that comes through in time raises it, by one for as many answers as it
/// stands at. So a service that comes back weak is found out with few messages, and one that takes a message a second isn't handed more than it answers within
/// the guard's time limit, after which nobody could say what became of them. Safe to share between threads.
/// </summary>
internal sealed class SendLevel
{
    /// <summary>An answer that takes longer than this says that more is under way than the service can do: a sixth of the guard's time limit of 30 seconds.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly int _most;
    private double _now;

    /// <summary>Stands at the most.</summary>
    /// <param name="most">At least 1.</param>
    public SendLevel(int most)
    {
        _most = most;
        _now = most;
    }

    /// <summary>Where it stands, from 1.</summary>
    public int Now
    {
        get
        {
            lock (_gate)
                return (int)_now;
        }
    }

    /// <summary>A group came through, or a part of it.</summary>
    /// <param name="answers">How many came through.</param>
    /// <param name="took">How long the group took.</param>
    public void Worked(int answers, TimeSpan took)
    {
        lock (_gate)
            _now = took > Slow ? Math.Max(1, _now * 0.75) : Math.Min(_most, _now + (answers / _now));
    }

    /// <summary>Nothing of a group came through.</summary>
    public void Failed()
    {
        lock (_gate)
            _now = Math.Max(1, _now / 2);
    }
}
