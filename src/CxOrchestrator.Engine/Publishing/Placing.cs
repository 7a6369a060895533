using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>
/// Where somebody stands after a move. They keep their visits, their deliveries and their trail, and whatever is planned for them is sent: a move changes
/// where they go on. They stand before the step to which they go; a wait that runs is run out first, unless the move says now. From a wait to a wait they
/// have waited as long as they have: the new length is counted from when they came to the old one. In a wait for an event they wait on: its time is that of
/// the new version, counted as if they had come there at first. 
/// </summary>
internal sealed class Placing(CustomerTime time)
{
    private const string Said = "moved to step ";

    /// <summary>Whether a walk was moved since it began, as far as its trail is kept.</summary>
    public static bool WasMoved(Enrolment walk) => walk.Context.Trail.Any(trace => trace.Did.StartsWith(Said, StringComparison.Ordinal));

    /// <summary>Somebody goes on at a step of a newer version.</summary>
    /// <param name="walk">As they stand.</param>
    /// <param name="from">The version that they walk.</param>
    /// <param name="to">The version in which they go on.</param>
    /// <param name="move">Where.</param>
    /// <param name="names">Send steps of the older version by id, with their ids in the newer.</param>
    /// <param name="customer">Who, for their time zone; null where nobody knows them any more.</param>
    /// <param name="now">Now, in customers' time.</param>
    public Enrolment Move(Enrolment walk, Journey from, Journey to, Fate.Move move, IReadOnlyDictionary<string, string> names, Customer? customer, DateTimeOffset now)
    {
        var old = from.IndexOf(walk.StepId) is >= 0 and var index ? from.Steps[index] : null;
        var target = to.Steps[to.IndexOf(move.Step)];
        var said = $"{Said}{target.Id} of version {to.Version}, from step {walk.StepId} of version {walk.Version}";
        var since = Since(walk) ?? now;
        var placed = walk with
        {
            Version = to.Version,
            StepId = target.Id,
            Context = Carried(walk.Context, old, target, names).With(new Trace(walk.StepId, now, said)),
            Entered = false,
            DueAt = now,
            WaitsFor = null,
            WaitsOn = null,
            Reason = said,
        };
        return (walk.Entered, old, target) switch
        {
            (_, _, _) when move.Now || customer is null => placed,
            (true, WaitStep before, WaitStep wait) =>
                Waiting(placed, since, wait.Until, before.Until == wait.Until ? walk.DueAt : time.Resolve(wait.Until, since, customer), null, null),
            (true, WaitForStep { Of: not null } before, WaitForStep { Of: not null } wait) =>
                Waiting(placed, since, wait.UpTo, Alike(before, wait) ? walk.DueAt : now, wait.On, before.On == wait.On ? walk.WaitsOn : null),
            (true, WaitForStep { Of: null } before, WaitForStep { Of: null } wait) when before.On == wait.On && before.When?.Source == wait.When?.Source =>
                Waiting(placed, since, wait.UpTo, before.UpTo == wait.UpTo ? walk.DueAt : time.Resolve(wait.UpTo, since, customer), wait.On, null),
            // The wait is run out first; so it is for somebody who stands before a step since an earlier move.
            (true, WaitStep, _) or (false, _, _) when walk.DueAt > now => placed with { DueAt = walk.DueAt },
            _ => placed,
        };
    }

    /// <summary>Somebody leaves.</summary>
    public static Enrolment Leave(Enrolment walk, int version, string reason, DateTimeOffset now) => walk with
    {
        State = EnrolmentState.Exited,
        DueAt = null,
        WaitsFor = null,
        WaitsOn = null,
        EndedAt = now,
        Context = walk.Context.With(new Trace(walk.StepId, now, $"left with version {version}: {reason}")),
        Reason = $"left with version {version}: {reason}",
    };

    /// <summary>Somebody stands again as they stood before a move.</summary>
    public static Enrolment PutBack(Enrolment walk, Enrolment former, int version, DateTimeOffset now)
    {
        var said = new Trace(former.StepId, now, $"put back to step {former.StepId} of version {former.Version} by version {version}");
        var context = former.Context with { Trail = walk.Context.Trail };
        context = context.With(said);
        if (former.Entered)
            context = context.With(new Trace(former.StepId, Since(former) ?? now, former.Reason));
        return walk with
        {
            State = former.State,
            Version = former.Version,
            StepId = former.StepId,
            Entered = former.Entered,
            DueAt = former.DueAt,
            WaitsFor = former.WaitsFor,
            WaitsOn = former.WaitsOn,
            EndedAt = former.EndedAt,
            Context = context,
            Reason = former.Reason,
        };
    }

    private Enrolment Waiting(Enrolment placed, DateTimeOffset since, Timing timing, DateTimeOffset? until, string? waitsFor, Guid? waitsOn)
    {
        var said = until is { } end ? time.Said(timing, end) : "";
        var reason = waitsFor is null ? $"waits until {until:u}{said}" : $"waits for {waitsFor} until {until:u}{said}";
        return placed with
        {
            Entered = true, DueAt = until, WaitsFor = waitsFor, WaitsOn = waitsOn, Reason = reason, Context = placed.Context.With(new Trace(placed.StepId, since, reason)),
        };
    }

    private static bool Alike(WaitForStep before, WaitForStep wait) =>
        before.On == wait.On && before.UpTo == wait.UpTo && before.When?.Source == wait.When?.Source;

    // What the steps did of late: the last of them in a row are about the step at which it stands.
    private static DateTimeOffset? Since(Enrolment walk)
    {
        var about = walk.Context.Trail.Reverse().TakeWhile(trace => trace.Step == walk.StepId).ToList();
        return about.Count > 0 ? about.Min(trace => trace.At) : null;
    }

    private static EnrolmentContext Carried(EnrolmentContext context, Step? old, Step target, IReadOnlyDictionary<string, string> names)
    {
        var pairs = names.Where(pair => pair.Key != pair.Value).ToList();
        // Whoever waits for what one step brought waits for it under the name that the newer version gives that step.
        if (old is WaitForStep { Of: { } before } && target is WaitForStep { Of: { } after } && before != after)
            pairs.Add(new(before, after));
        if (pairs.Count == 0)
            return context;
        var (visits, deliveries) = (new Dictionary<string, int>(context.Visits), new Dictionary<string, Guid>(context.Deliveries));
        foreach (var (was, now) in pairs)
        {
            if (context.Visits.TryGetValue(was, out var times))
                visits[now] = Math.Max(times, visits.GetValueOrDefault(now));
            if (context.Deliveries.TryGetValue(was, out var delivery))
                deliveries.TryAdd(now, delivery);
        }

        return context with { Visits = visits, Deliveries = deliveries };
    }
}
