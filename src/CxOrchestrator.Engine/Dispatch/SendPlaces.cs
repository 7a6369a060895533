namespace CxOrchestrator.Engine.Dispatch;

/// <summary>How many messages may be handed over and unanswered at once: as many as the level says.</summary>
internal sealed class SendPlaces(SendLevel level)
{
    private readonly Lock _gate = new();
    private int _taken;
    private (Func<bool> Met, TaskCompletionSource Freed)? _waiting;

    /// <summary>A quarter of all: as many are waited for before a new group is begun.</summary>
    public int Some => Math.Max(1, level.Now / 4);

    /// <summary>How many are taken.</summary>
    public int Taken
    {
        get
        {
            lock (_gate)
                return _taken;
        }
    }

    // The level may fall while places are taken.
    private int Left => Math.Max(0, level.Now - _taken);

    /// <summary>Takes as many as are wanted and free, waiting until it is a quarter of all or as many as are wanted. One caller at a time.</summary>
    public async Task<int> TakeAsync(int wanted)
    {
        while (true)
        {
            await UntilAsync(() => Left >= Math.Min(wanted, Some));
            lock (_gate)
            {
                // None where the level has fallen since.
                var taken = Math.Min(wanted, Left);
                _taken += taken;
                if (taken > 0)
                    return taken;
            }
        }
    }

    /// <summary>Gives places back.</summary>
    public void Free(int places)
    {
        lock (_gate)
        {
            _taken -= places;
            if (_waiting is not { } waiting || !waiting.Met())
                return;
            _waiting = null;
            waiting.Freed.SetResult();
        }
    }

    /// <summary>Waits until none is taken. Not beside <see cref="TakeAsync"/>.</summary>
    public Task AllFreeAsync() => UntilAsync(() => _taken == 0);

    private Task UntilAsync(Func<bool> met)
    {
        lock (_gate)
        {
            if (met())
                return Task.CompletedTask;
            var freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = (met, freed);
            return freed.Task;
        }
    }
}
