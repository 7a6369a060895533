using System.Diagnostics.CodeAnalysis;

namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// Lets so many calls run at once. A slot is free again when its call has really returned: a connector that never returns
/// can so hold all of its slots, but never more threads than that.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore holds nothing to free unless its wait handle is asked for; abandoned calls release it late.")]
internal sealed class ConcurrencyLimit(int slots, TimeSpan wait, TimeProvider time)
{
    private readonly SemaphoreSlim _free = new(slots, slots);
    private int _stuck;

    /// <summary>Calls that ran out of time and have still not returned.</summary>
    public int Stuck => Volatile.Read(ref _stuck);

    /// <summary>True where no slot can come free unless a call returns that nobody waits for any more.</summary>
    public bool Exhausted => Stuck >= slots;

    /// <summary>Takes a slot, waiting a while for one; null where none came free.</summary>
    public async Task<Slot?> TakeAsync(CancellationToken cancellation)
    {
        if (_free.Wait(0, CancellationToken.None))
            return new Slot(this);
        if (Exhausted)
            return null;
        using var patience = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await _free.WaitAsync(either.Token);
            return new Slot(this);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>One running call's place.</summary>
    internal sealed class Slot(ConcurrencyLimit limit)
    {
        private int _held = 1;
        private int _isStuck;

        /// <summary>Frees the slot once the call has returned, whenever that is.</summary>
        public void ReleaseAfter(Task call)
        {
            if (call.IsCompleted)
            {
                _ = call.Exception;
                Release();
                return;
            }

            _isStuck = 1;
            Interlocked.Increment(ref limit._stuck);
            _ = call.ContinueWith(
                late =>
                {
                    // Looked at, so that a late failure is no unobserved one.
                    _ = late.Exception;
                    Release();
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        /// <summary>Frees the slot now; the second time does nothing.</summary>
        public void Release()
        {
            if (Interlocked.Exchange(ref _held, 0) == 0)
                return;
            if (_isStuck == 1)
                Interlocked.Decrement(ref limit._stuck);
            limit._free.Release();
        }
    }
}
