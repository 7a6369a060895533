using CxOrchestrator.Sdk;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>
/// Writes changes when they are due, as the host does: in batches, some at once; one that has to be tried again waits as long as it was told, else up to two seconds; a connection
/// through which nothing comes is left alone as long as it asks, else asked by one batch at a time, after pauses of up to ten seconds.
/// </summary>
internal sealed class WriteBackDriver(ICrmWriter writer, ManualTimeProvider clock, int batchesAtOnce)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Wave = TimeSpan.FromMilliseconds(100);

    private readonly PriorityQueue<(CrmChange Change, int Tries), (DateTimeOffset Due, long Order)> _due = new();
    private long _order;

    public Dictionary<string, DateTimeOffset> Written { get; } = new(StringComparer.Ordinal);

    public List<string> Refused { get; } = [];

    public int Retries { get; private set; }

    public void Owe(CrmChange change, DateTimeOffset due) => _due.Enqueue((change, 0), (due, _order++));

    public async Task RunAsync()
    {
        var failures = 0;
        while (_due.Count > 0)
        {
            var batches = Take(failures > 0 ? 1 : batchesAtOnce);
            if (batches.Count == 0)
            {
                _due.TryPeek(out _, out var next);
                clock.AdvanceTo(next.Due);
                continue;
            }

            var results = await Task.WhenAll(batches.Select(batch => writer.UpsertAsync([.. batch.Select(one => one.Change)], default)));
            clock.Advance(Wave);
            var worked = false;
            foreach (var (batch, result) in batches.Zip(results))
                worked |= Settle(batch, result);
            if (worked)
                failures = 0;
            else if (results.SelectMany(result => result).OfType<WriteRetry>().Min(retry => retry.RetryAfter) is { } asked)
                // A service that says when to come back is not down.
                clock.Advance(asked);
            else
                clock.Advance(TimeSpan.FromMilliseconds(Math.Min(Longest.TotalMilliseconds, 250 * Math.Pow(2, Math.Min(failures++, 10)))));
        }
    }

    private List<List<(CrmChange Change, int Tries)>> Take(int most)
    {
        var batches = new List<List<(CrmChange, int)>>();
        while (batches.Count < most)
        {
            var batch = new List<(CrmChange, int)>();
            while (batch.Count < writer.BatchSize && _due.TryPeek(out var one, out var at) && at.Due <= clock.GetUtcNow())
            {
                batch.Add(one);
                _due.Dequeue();
            }

            if (batch.Count == 0)
                break;
            batches.Add(batch);
        }

        return batches;
    }

    private bool Settle(List<(CrmChange Change, int Tries)> batch, IReadOnlyList<WriteResult> results)
    {
        Assert.Equal(batch.Count, results.Count);
        var worked = false;
        foreach (var ((change, tries), result) in batch.Zip(results))
        {
            switch (result)
            {
                case CxOrchestrator.Sdk.Written:
                    Written.Add(change.Key, clock.GetUtcNow());
                    worked = true;
                    break;
                case WriteRetry retry:
                    Retries++;
                    var own = TimeSpan.FromSeconds(Math.Min(2, 0.25 * Math.Pow(2, Math.Min(tries, 8))));
                    _due.Enqueue((change, tries + 1), (clock.GetUtcNow() + (retry.RetryAfter ?? own), _order++));
                    break;
                default:
                    Refused.Add($"{change.Key}: {result}");
                    break;
            }
        }

        return worked;
    }
}
