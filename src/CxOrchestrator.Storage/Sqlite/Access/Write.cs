namespace CxOrchestrator.Storage.Sqlite;

/// <summary>A piece of work in the queue of writes.</summary>
internal abstract class Write
{
    /// <summary>True, and answered so, where its caller has given up before it began.</summary>
    public abstract bool GivenUp();

    /// <summary>Does the work and keeps the result for <see cref="Reply"/>.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>The work failed and was taken back; kept for <see cref="Reply"/>.</summary>
    public abstract void Failed(Exception fault);

    /// <summary>Answers after the commit.</summary>
    public abstract void Reply();

    /// <summary>Answers that nothing was stored.</summary>
    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
internal sealed class Write<T>(Func<SqliteSession, T> work, CancellationToken cancellation) : Write
{
    // Callers go on elsewhere: the thread of the writer is for writing.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _fault;

    public Task<T> Answer => _answer.Task;

    public override bool GivenUp() => cancellation.IsCancellationRequested && _answer.TrySetCanceled(cancellation);

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Failed(Exception fault) => _fault = fault;

    public override void Reply()
    {
        if (_fault is null)
            _answer.TrySetResult(_result!);
        else
            _answer.TrySetException(_fault);
    }

    public override void Fail(Exception fault) => _answer.TrySetException(_fault ?? fault);
}
