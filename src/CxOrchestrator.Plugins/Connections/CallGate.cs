namespace CxOrchestrator.Plugins.Connections;

/// <summary>Counts the calls that are in a connector, so that it isn't freed under them.</summary>
internal sealed class CallGate
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    /// <summary>Lets a call in, which leaves again; false where the connector is out of use.</summary>
    public bool Enter()
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            _inside++;
            return true;
        }
    }

    /// <summary>A call that was let in has ended, or nobody waits for it any more.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _inside--;
            if (_closed && _inside == 0)
                _empty.TrySetResult();
        }
    }

    /// <summary>Lets no more calls in; completes when the last has left. The guard ends each by its time limit.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_inside == 0)
                _empty.TrySetResult();
            return _empty.Task;
        }
    }
}
