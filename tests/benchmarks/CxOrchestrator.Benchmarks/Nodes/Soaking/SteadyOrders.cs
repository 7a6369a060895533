using System.Globalization;
using CxOrchestrator.NodeRig.Work;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>Orders that come in at a steady pace, whatever becomes of those before.</summary>
internal sealed class SteadyOrders(Orders orders, Latencies latencies, int customers)
{
    private const int AtOnce = 10;

    // More are not posted while so many wait for their acknowledgement.
    private const int MostWaiting = 200;

    private int _number;
    private int _waiting;

    /// <summary>Orders begun.</summary>
    public int Count => _number;

    /// <summary>Posts so many a second until it is over, then waits until all are acknowledged.</summary>
    public async Task PostAsync(double perSecond, CancellationToken over, CancellationToken giveUp)
    {
        var begun = new List<Task>();
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(AtOnce / perSecond));
        try
        {
            while (await beat.WaitForNextTickAsync(over))
            {
                if (Volatile.Read(ref _waiting) >= MostWaiting)
                    continue;
                if (begun.Find(one => one.IsFaulted) is { } failed)
                    await failed;
                begun.RemoveAll(one => one.IsCompletedSuccessfully);
                begun.Add(PostSomeAsync(giveUp));
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It is over.
        }

        await Task.WhenAll(begun);
    }

    private async Task PostSomeAsync(CancellationToken giveUp)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            var first = Interlocked.Add(ref _number, AtOnce) - AtOnce;
            var some = Enumerable.Range(first, AtOnce).Select(number => (Id: number.ToString("D9", CultureInfo.InvariantCulture), number % customers)).ToList();
            latencies.Posting(some.Select(one => one.Id));
            await orders.PostAsync(some, giveUp);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
