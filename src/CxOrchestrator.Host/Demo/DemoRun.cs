using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Host.Clock;

namespace CxOrchestrator.Host.Demo;

/// <summary>Replays the demo's month on a started installation, with customers' time sped up.</summary>
internal sealed class DemoRun(ICustomerStore customers, IEventIntake intake, Clocks clocks, ScaledTimeProvider customerTime)
{
    /// <summary>How many customers there are.</summary>
    public const int People = 500;

    /// <summary>Days from the first event to the present: the month, and the days that its last journeys take.</summary>
    public const int DaysBack = 42;

    private const int Seed = 20260101;
    private const int BatchSize = 250;

    // 42 days in about 40 seconds.
    private const double Fast = DaysBack * 86_400.0 / 40;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Adds the customers.</summary>
    public async Task AddPeopleAsync(Action<int> progress, CancellationToken cancellation)
    {
        var people = DemoPeople.Make(People, Seed);
        foreach (var batch in people.Chunk(BatchSize))
        {
            await customers.UpsertAsync(batch, clocks.Now, cancellation);
            progress(batch.Length);
        }
    }

    /// <summary>Lets the month happen; the clock runs at its own pace again when it reaches the present.</summary>
    /// <param name="progress">Told how many events have happened, and the time it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ReplayAsync(Action<int, int, DateTimeOffset> progress, CancellationToken cancellation)
    {
        var begins = clocks.Now;
        var ends = clocks.MachineNow;
        var month = DemoMonth.Make(People, begins, Seed);
        var next = 0;
        customerTime.Speed = Fast;
        while (clocks.Now < ends)
        {
            var due = month.Skip(next).TakeWhile(fact => fact.Time <= clocks.Now).Take(BatchSize).ToList();
            if (due.Count > 0)
            {
                var results = await intake.AcceptAsync(due, allOrNone: false, cancellation);
                if (results.FirstOrDefault(result => result.Outcome == IntakeOutcome.Refused) is { } refused)
                    throw new InvalidOperationException($"The demo's own event was refused: {refused.Reason}");
                next += due.Count;
            }

            progress(next, month.Count, clocks.Now);
            await Task.Delay(Beat, clocks.Machine, cancellation);
        }

        customerTime.Speed = 1;
    }
}
