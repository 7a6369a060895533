using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>
/// The time machine: runs the engine itself, on a copy of the store, with a clock that leaps from one thing that is due to the next and connections that only
/// write down. What comes out is what the engine would do, because the engine does it.
/// </summary>
internal sealed class Simulation(
    EnginePump pump, SimulationClock clock, SimulationTerms terms, ISimulatedStore store, ILedger ledger, SimulatedConnections connections,
    SimulatedEvents events, SimulatedPeople people, SimulatedSchedules schedules, SimulationBook book) : ISimulation
{
    private const int MostRounds = 100_000;

    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(1);

    // Nobody outside is asked or written to; what is owed stays in the copy.
    private static readonly Work[] Asleep =
        [Work.WriteBacks, Work.Polling, Work.CrmSync, Work.TicketSync, Work.Errands, Work.LookUps, Work.Recovery, Work.Retention];

    private static readonly Work[] Awake = [.. Enum.GetValues<Work>().Except(Asleep)];

    private readonly AnswerDraws _draws = new(terms.Rates, terms.Seed);

    /// <inheritdoc/>
    public async Task<SimulationBook> RunAsync(IProgress<DateTimeOffset>? progress, CancellationToken cancellation)
    {
        DateTimeOffset? before = null;
        for (DateTimeOffset? now = terms.From; now <= terms.To;)
        {
            clock.Set(now.Value);
            await events.TellAsync(now.Value, cancellation);
            await people.ActAsync(now.Value, cancellation);
            var due = await WorkAsync(now.Value, before is null, before is null || schedules.Next(before.Value, terms.To) <= now, cancellation);
            await ArriveAsync(now.Value, cancellation);
            await book.LookAsync(now.Value, cancellation);
            progress?.Report(now.Value);
            before = now;
            now = Next(now.Value, due);
        }

        clock.Set(terms.To);
        await book.CloseAsync(cancellation);
        progress?.Report(terms.To);
        return book;
    }

    // In the order in which the engine is pumped, until nothing comes forward; who has nothing to do is not asked. Gives what is due after it.
    private async Task<SimulatedDue> WorkAsync(DateTimeOffset now, bool isFirst, bool isScheduled, CancellationToken cancellation)
    {
        SimulatedDue? due = null;
        for (var round = 0; round < MostRounds; round++)
        {
            var forward = 0;
            foreach (var work in Awake)
            {
                cancellation.ThrowIfCancellationRequested();
                due ??= await store.DueAsync(cancellation);
                if (!HasWork(work, due, now, isFirst && round == 0, isScheduled))
                    continue;
                forward += await pump.RunAsync(work, cancellation);
                due = null;
            }

            if (forward == 0)
                return due ?? await store.DueAsync(cancellation);
        }

        throw new InvalidOperationException($"At {clock.GetUtcNow():u} the journeys do not come to rest: do they set each other off without a wait?");
    }

    private static bool HasWork(Work work, SimulatedDue due, DateTimeOffset now, bool isFirst, bool isScheduled) => isFirst || work switch
    {
        Work.Publications => false,
        Work.Events => due.Events,
        Work.Enrolments => due.Walks <= now,
        Work.Deliveries or Work.Texts => due.Messages <= now,
        Work.Cases => due.Cases <= now,
        Work.Campaigns => isScheduled,
        _ => true,
    };

    private async Task ArriveAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var sent = connections.TakeSent();
        if (sent.Count == 0)
            return;
        var rows = await ledger.GetAsync([.. sent.Select(one => one.Delivery)], cancellation);
        book.Sent(sent, rows, now);
        await people.ReadAsync(rows.Values, _draws, now, cancellation);
    }

    private DateTimeOffset? Next(DateTimeOffset now, SimulatedDue due)
    {
        DateTimeOffset?[] coming = [events.Next, people.Next, schedules.Next(now, terms.To), due.Next];
        if (schedules.Watches)
            coming = [now + (terms.Step > TimeSpan.Zero ? terms.Step : AgainAfter)];
        if (coming.Min() is not { } next)
            return null;
        // What is due and did not come forward is looked at again with the next look.
        if (next <= now)
            next = now + (terms.Step > TimeSpan.Zero ? TimeSpan.FromTicks(1) : AgainAfter);
        return terms.LookAt(next);
    }
}
