namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Keeps a server that refuses connections from being asked for one by everybody at once: for each that asks, a server that is starting begins a process only to
/// refuse, and that takes from what it has to do again after a crash. Once it has refused, one asks every quarter of a second, and all others are told at once
/// what the last was told. Safe to share between threads.
/// </summary>
internal sealed class ServerDoor(TimeProvider time)
{
    private static readonly TimeSpan BetweenKnocks = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private Exception? _refusal;
    private long _knocked;

    /// <summary>What the caller is told without asking; null where it may ask.</summary>
    public Exception? Refusal()
    {
        if (Volatile.Read(ref _refusal) is null)
            return null;
        lock (_gate)
        {
            if (_refusal is not null && time.GetElapsedTime(_knocked) < BetweenKnocks)
                return _refusal;
            _knocked = time.GetTimestamp();
            return null;
        }
    }

    /// <summary>It gave a connection: everybody may ask again.</summary>
    public void Opened()
    {
        if (Volatile.Read(ref _refusal) is null)
            return;
        lock (_gate)
            _refusal = null;
    }

    /// <summary>It refused.</summary>
    public void Refused(Exception fault)
    {
        lock (_gate)
        {
            _refusal = fault;
            _knocked = time.GetTimestamp();
        }
    }
}
