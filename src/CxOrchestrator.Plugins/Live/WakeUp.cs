namespace CxOrchestrator.Plugins.Live;

/// <summary>Wakes one sleeper before its time. Being woken often is being woken once.</summary>
internal sealed class WakeUp(TimeProvider machine)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _called = NewSignal();

    /// <summary>Wakes it, now or when it next goes to sleep.</summary>
    public void Call()
    {
        lock (_gate)
            _called.TrySetResult();
    }

    /// <summary>Sleeps until it is called or the time is up.</summary>
    public async Task SleepAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        Task called;
        lock (_gate)
            called = _called.Task;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(called, Task.Delay(atMost, machine, woken.Token));
        await woken.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_called.Task.IsCompleted)
                _called = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
