namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>What a server was asked, and how much of it at once.</summary>
internal sealed class RequestRecord
{
    private readonly Lock _gate = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource Signal)> _waiting = [];
    private int _atOnce;

    public int MostAtOnce { get; private set; }

    public IReadOnlyList<RecordedRequest> All
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Counts a request as being answered until it is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_gate)
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
        return new Ending(this);
    }

    public RecordedRequest Add(RecordedRequest request)
    {
        List<TaskCompletionSource> reached;
        lock (_gate)
        {
            request = request with { Number = _requests.Count + 1 };
            _requests.Add(request);
            reached = [.. _waiting.Where(wait => wait.Count <= _requests.Count).Select(wait => wait.Signal)];
        }

        reached.ForEach(signal => signal.TrySetResult());
        return request;
    }

    public Task ReachedAsync(int count)
    {
        lock (_gate)
        {
            if (_requests.Count >= count)
                return Task.CompletedTask;
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, signal));
            return signal.Task;
        }
    }

    public void Clear()
    {
        lock (_gate)
            _requests.Clear();
    }

    private sealed class Ending(RequestRecord record) : IDisposable
    {
        public void Dispose()
        {
            lock (record._gate)
                record._atOnce--;
        }
    }
}
