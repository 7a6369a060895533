namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>The fault that is on, and for how many requests more.</summary>
internal sealed class FaultSwitch
{
    private readonly Lock _gate = new();
    private HttpFault? _fault;
    private readonly List<(int Count, TaskCompletionSource Signal)> _waiting = [];
    private int _passing;
    private int _left;
    private int _met;

    public HttpFault? Current
    {
        get
        {
            lock (_gate)
                return _fault;
        }

        set
        {
            lock (_gate)
            {
                _fault = value;
                _passing = value?.Passing ?? 0;
                _left = value?.Times ?? 0;
            }
        }
    }

    /// <summary>How many requests have met a fault so far.</summary>
    public int Met
    {
        get
        {
            lock (_gate)
                return _met;
        }
    }

    /// <summary>Ends when so many requests have met a fault.</summary>
    public Task MetAsync(int count)
    {
        lock (_gate)
        {
            if (_met >= count)
                return Task.CompletedTask;
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, signal));
            return signal.Task;
        }
    }

    /// <summary>The fault that this request meets, or null.</summary>
    public HttpFault? Take(RecordedRequest request)
    {
        lock (_gate)
        {
            if (_fault is not { } fault || _left <= 0 || !fault.Applies(request))
                return null;
            if (_passing-- > 0)
                return null;
            _met++;
            _waiting.Where(wait => wait.Count <= _met).ToList().ForEach(wait => wait.Signal.TrySetResult());
            if (--_left == 0)
                _fault = null;
            return fault;
        }
    }
}
