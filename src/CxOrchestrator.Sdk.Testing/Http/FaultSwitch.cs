namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>The fault that is on, and for how many requests more.</summary>
internal sealed class FaultSwitch
{
    private readonly Lock _gate = new();
    private HttpFault? _fault;
    private int _left;

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
                _left = value?.Times ?? 0;
            }
        }
    }

    /// <summary>The fault that this request meets, or null.</summary>
    public HttpFault? Take(RecordedRequest request)
    {
        lock (_gate)
        {
            if (_fault is not { } fault || _left <= 0 || !fault.Applies(request))
                return null;
            if (--_left == 0)
                _fault = null;
            return fault;
        }
    }
}
