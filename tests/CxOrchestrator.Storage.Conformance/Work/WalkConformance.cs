using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Conformance.Work;

/// <summary>What <see cref="IWork.WalkDueAsync"/> promises.</summary>
public abstract class WalkConformance : StoreConformance
{
    private static readonly Lane[] InOrder = [Lane.Service, Lane.Personal, Lane.Bulk];

    [SkippableFact]
    public async Task What_is_due_is_walked_once_and_stored_with_what_comes_of_it()
    {
        var due = (await BegunAsync(Some.Enrolment() with { Reason = "begins" }))[0];
        await BegunAsync(Some.Enrolment() with { DueAt = Noon.AddTicks(10) });
        var walked = new List<Enrolment>();

        var report = await Store.Work.WalkDueAsync(Claim(), Walk, Go);

        Assert.Equal((1, 0), (report.Taken, report.RefusedMoves.Count));
        Same(due, Assert.Single(walked));
        Assert.Equal(("2", due.Revision + 1), await GetAsync(due) is var moved ? (moved.StepId, moved.Revision) : default);
        Assert.Equal(due.Id, Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go)).EnrolmentId);
        Assert.Equal(0, (await Store.Work.WalkDueAsync(Claim(), _ => throw new InvalidOperationException("nothing is due"), Go)).Taken);

        Task<Effects> Walk(IReadOnlyList<Enrolment> some)
        {
            walked.AddRange(some);
            return Task.FromResult(new Effects { Moves = [.. some.Select(Later)], Deliveries = [.. some.Select(Some.Delivery)] });
        }
    }

    [SkippableFact]
    public async Task Nobody_takes_what_another_walks()
    {
        await BegunAsync(Some.Enrolment(), Some.Enrolment(), Some.Enrolment());
        var other = await AnotherProcessAsync();
        var (own, others) = (0, 0);

        await Store.Work.WalkDueAsync(Claim(limit: 2), WalkAsync, Go);

        Assert.Equal((2, 1), (own, others));

        async Task<Effects> WalkAsync(IReadOnlyList<Enrolment> mine)
        {
            own = mine.Count;
            others = (await other.Work.WalkDueAsync(
                Claim(By("node-b")), yours => Task.FromResult(new Effects { Moves = [.. yours.Select(Later)] }), Go)).Taken;
            return new Effects { Moves = [.. mine.Select(Later)] };
        }
    }

    [SkippableFact]
    public async Task What_comes_to_be_due_before_what_was_walked_last_is_walked_too()
    {
        await BegunAsync(Some.Enrolment(), Some.Enrolment(), Some.Enrolment(), Some.Enrolment());
        var walked = new List<Guid>();
        await Store.Work.WalkDueAsync(Claim(limit: 2), Walk, Go);
        var earlier = (await BegunAsync(Some.Enrolment() with { DueAt = Noon.AddHours(-3) }))[0];

        while ((await Store.Work.WalkDueAsync(Claim(limit: 2), Walk, Go)).Taken > 0)
        {
            // Until nothing is due.
        }

        Assert.Contains(earlier.Id, walked);
        Assert.Equal(5, walked.Distinct().Count());

        Task<Effects> Walk(IReadOnlyList<Enrolment> some)
        {
            walked.AddRange(some.Select(one => one.Id));
            return Task.FromResult(new Effects { Moves = [.. some.Select(Later)] });
        }
    }

    [SkippableFact]
    public async Task Many_walk_at_once_and_each_is_walked_once()
    {
        var all = await BegunAsync([.. Enumerable.Range(0, 120).Select(_ => Some.Enrolment())]);
        var other = await AnotherProcessAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(async () =>
        {
            var work = n % 2 == 0 ? Store.Work : other.Work;
            while ((await work.WalkDueAsync(
                Claim(By($"node-{n}"), 7),
                due => Task.FromResult(new Effects { Moves = [.. due.Select(Later)], Deliveries = [.. due.Select(Some.Delivery)] }), Go)).Taken > 0)
            {
            }
        })));

        // Whoever finds nothing free while the last ones are another's ends; those are moved by then.
        Assert.Equal(all.Select(one => one.Id).Order(), (await Store.Ledger.ClaimDueAsync(By(), Noon, 1_000, Go)).Select(one => one.EnrolmentId).Order());
        Assert.All((await Store.Enrolments.GetAsync([.. all.Select(one => one.Id)], Go)).Values, one => Assert.Equal(1, one.Revision));
    }

    [SkippableFact]
    public async Task Lanes_are_taken_in_the_order_that_is_told()
    {
        var made = await BegunAsync(
            Some.Enrolment() with { Lane = Lane.Service }, Some.Enrolment() with { Lane = Lane.Personal }, Some.Enrolment() with { Lane = Lane.Bulk },
            Some.Enrolment() with { Lane = Lane.Bulk, DueAt = Noon.AddHours(-1) });

        Assert.Equal([made[0].Id, made[1].Id], await TakenAsync(By(), 2, InOrder));
        Assert.Equal([made[3].Id, made[2].Id], await TakenAsync(By(seconds: 60), 2, Lane.Bulk, Lane.Service, Lane.Personal));
        Assert.Equal([made[0].Id, made[1].Id, made[3].Id], await TakenAsync(By(seconds: 120), 3, InOrder));
    }

    [SkippableFact]
    public async Task A_walk_that_fails_stores_nothing_and_is_done_again_when_its_lease_has_ended_at_the_latest()
    {
        var due = await BegunAsync(Some.Enrolment());

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Work.WalkDueAsync(Claim(), _ => throw new InvalidOperationException("lost"), Go));

        Same(due[0], await GetAsync(due[0]));
        Assert.Equal(1, (await Store.Work.WalkDueAsync(Claim(By(seconds: 60)), some => Task.FromResult(new Effects { Moves = [.. some.Select(Later)] }), Go)).Taken);
    }

    [SkippableFact]
    public async Task An_event_that_moves_one_that_is_being_walked_is_told_so_or_the_walk_is()
    {
        var due = await BegunAsync(Some.Enrolment());
        var other = await AnotherProcessAsync();
        Task<CommitReport>? moved = null;

        var report = await Store.Work.WalkDueAsync(
            Claim(),
            some =>
            {
                moved = Task.Run(() => other.Work.CommitAsync(new Effects { Moves = [some[0] with { StepId = "woken" }] }, Go));
                return Task.FromResult(new Effects { Moves = [Later(some[0])] });
            },
            Go);

        Assert.Single([.. report.RefusedMoves, .. (await moved!).RefusedMoves]);
        Assert.Equal(1, (await GetAsync(due[0])).Revision);
    }

    [SkippableFact]
    public async Task What_the_steps_did_grows_from_walk_to_walk_whoever_moves_it_and_comes_back_whole()
    {
        var begun = (await BegunAsync(Some.Enrolment() with { Context = new EnrolmentContext { Trail = [new Trace("0", Noon, "began"), new Trace("1", Noon, "waits")] } }))[0];
        var told = begun.Context.Trail.ToList();
        for (var round = 0; round < 3; round++)
        {
            var again = $"\"looked\" at again,\n{round}: é";
            Trace[] added = [new Trace("1", Noon, "over"), new Trace("2", Noon.AddMinutes(round), "chose <é>"), new Trace("3", Noon, "waits")];
            await Store.Work.WalkDueAsync(
                Claim(),
                some => Task.FromResult(new Effects { Moves = [.. some.Select(one => one with { Context = added.Aggregate(one.Context.Retold(again), (so, trace) => so.With(trace)) })] }), Go);
            told = [.. told[..^1], told[^1] with { Did = again }, .. added];
            var active = Assert.Single(await Store.Enrolments.ActiveAsync([begun.CustomerId], Go));
            Assert.Equal(told[^1], active.Context.Trail[^1]);
            told.Add(new Trace("3", Noon.AddHours(round), "heard"));
            await Store.Work.CommitAsync(new Effects { Moves = [active with { Context = active.Context.With(told[^1]) }] }, Go);
            Assert.Equal(told, (await GetAsync(begun)).Context.Trail);
        }

        await Store.Work.CommitAsync(new Effects { Moves = [await GetAsync(begun)] }, Go);
        Assert.Equal(told, (await GetAsync(begun)).Context.Trail);
    }

    [SkippableFact]
    public async Task Of_a_walk_that_goes_round_and_round_what_it_did_last_comes_back()
    {
        var begun = (await BegunAsync(Some.Enrolment()))[0];
        var all = Enumerable.Range(0, Trace.Most * 3).Select(number => new Trace($"{number}", Noon, new string('x', 300))).ToList();
        foreach (var some in all.Chunk(7))
        {
            await Store.Work.WalkDueAsync(
                Claim(), due => Task.FromResult(new Effects { Moves = [.. due.Select(one => one with { Context = some.Aggregate(one.Context, (so, trace) => so.With(trace)) })] }), Go);
        }

        Assert.Equal(all[^Trace.Most..], (await GetAsync(begun)).Context.Trail);
    }

    private static WalkClaim Claim(Lease? lease = null, int limit = 100, params Lane[] lanes) =>
        new(lease ?? By(), Noon, lanes.Length > 0 ? lanes : InOrder, limit);

    private static Enrolment Later(Enrolment one) => one with { StepId = "2", DueAt = Noon.AddDays(1) };

    // Takes and leaves as they were: the walk fails.
    private async Task<List<Guid>> TakenAsync(Lease lease, int limit, params Lane[] lanes)
    {
        var taken = new List<Guid>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Work.WalkDueAsync(
            Claim(lease, limit, lanes),
            due =>
            {
                taken.AddRange(due.Select(one => one.Id));
                throw new InvalidOperationException("enough");
            },
            Go));
        return taken;
    }

    private async Task<Enrolment> GetAsync(Enrolment one) => (await Store.Enrolments.GetAsync([one.Id], Go))[one.Id];

        private async Task<Enrolment[]> BegunAsync(params Enrolment[] some)
    {
        await Store.Work.CommitAsync(new Effects { Enrolments = [.. some.Select(one => new Enrol(one, null))] }, Go);
        return some;
    }
}
