namespace CxOrchestrator.Engine.Dispatch;

/// <summary>How many messages may be handed over and unanswered at once.</summary>
internal sealed class SendPlaces
{
    private readonly Lock _gate = new();
    private readonly int _all;
    private readonly int _some;
    private int _free;
    private (int Wanted, TaskCompletionSource Freed)? _waiting;

    /// <summary>All are free.</summary>
    /// <param name="all">How many, at least 1.</param>
    public SendPlaces(int all)
    {
        _all = all;
        _some = Math.Max(1, all / 4);
        _free = all;
    }

    /// <summary>Takes as many as are wanted and free, waiting until it is a quarter of all or as many as are wanted. One caller at a time.</summary>
    public async Task<int> TakeAsync(int wanted)
    {
        await FreeAsync(Math.Min(wanted, _some));
        lock (_gate)
        {
            var taken = Math.Min(wanted, _free);
            _free -= taken;
            return taken;
        }
    }

    /// <summary>Gives places back.</summary>
    public void Free(int places)
    {
        lock (_gate)
        {
            _free += places;
            if (_waiting is not { } waiting || _free < waiting.Wanted)
                return;
            _waiting = null;
            waiting.Freed.SetResult();
        }
    }

    /// <summary>Waits until none is taken. Not beside <see cref="TakeAsync"/>.</summary>
    public Task AllFreeAsync() => FreeAsync(_all);

    private Task FreeAsync(int wanted)
    {
        lock (_gate)
        {
            if (_free >= wanted)
                return Task.CompletedTask;
            var freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = (wanted, freed);
            return freed.Task;
        }
    }
}
