namespace CxOrchestrator.Plugins.Guard;

/// <summary>The time limit of one call, joined with its caller's own wish to stop.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _end;

    /// <summary>Starts now.</summary>
    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _time = time;
        _end = time.GetUtcNow() + limit;
        _limit = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, caller);
    }

    /// <summary>Cancelled when the time is up or the caller has given up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>True when the time is up.</summary>
    public bool Passed => _limit.IsCancellationRequested;

    /// <summary>Time left.</summary>
    public TimeSpan Left => _end - _time.GetUtcNow();

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
