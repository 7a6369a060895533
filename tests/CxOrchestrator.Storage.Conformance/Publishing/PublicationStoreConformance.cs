using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage.Conformance.Publishing;

/// <summary>What <see cref="IPublicationStore"/> promises.</summary>
public abstract class PublicationStoreConformance : StoreConformance
{
    private const string Journey = "post-delivery-nps";

    [SkippableFact]
    public async Task People_under_way_are_counted_by_version_and_step()
    {
        await BeginAsync(
            Walk(1, "a"), Walk(1, "a"), Walk(1, "b"), Walk(2, "a"), Walk(1, "a") with { State = EnrolmentState.Completed }, Walk(1, "a") with { Journey = "birthday" });

        Assert.Equal([new(1, "a", 2), new(1, "b", 1), new Standing(2, "a", 1)], await Store.Publications.StandingAsync(Journey, Go));
    }

    [SkippableFact]
    public async Task A_publication_comes_back_with_every_field_and_lists_whom_it_names()
    {
        await PublishAsync("one");
        var (moving, leaving) = (Walk(1, "a"), Walk(1, "b"));
        await BeginAsync(moving, leaving, Walk(1, "c"), Walk(2, "a"), Walk(1, "a") with { State = EnrolmentState.Exited });
        var publication = Plan(1, new PlannedMove(1, "a", new Fate.Move("x", true)), new PlannedMove(1, "b", new Fate.Leave("زیاد")));

        Assert.Equal([(2, true)], (await StartAsync(publication, "two")).Versions);

        Same(publication, Assert.Single(await Store.Publications.OpenAsync(Go)));
        Same(publication, Assert.Single(await Store.Publications.OfAsync(Journey, Go)));
        var listed = await Store.Publications.PageAsync(publication.Id, 10, Go);
        Assert.Equal([(moving.Id, "a"), (leaving.Id, "b")], listed.Select(one => (one.Enrolment.Id, one.Step)));
        Same(moving, listed[0].Enrolment);
        Assert.False(await Store.Publications.FinishAsync(publication.Id, Noon, Go));
        Assert.Equal([new(1, "a", PersonOutcome.Pending, 1), new OutcomeCount(1, "b", PersonOutcome.Pending, 1)], await Store.Publications.CountAsync(publication.Id, Go));
    }

    [SkippableFact]
    public async Task One_that_concerns_nobody_is_finished_at_once()
    {
        await StartAsync(Plan(0), "one");

        Assert.Empty(await Store.Publications.OpenAsync(Go));
        Assert.Equal(Noon, Assert.Single(await Store.Publications.OfAsync(Journey, Go)).DoneAt);
    }

    [SkippableFact]
    public async Task It_is_refused_with_all_that_it_brings_where_another_version_is_in_force_or_another_is_not_finished()
    {
        await PublishAsync("one");
        await PublishAsync("two");
        await BeginAsync(Walk(1, "a"));

        Assert.Contains("Version 2", (await StartAsync(Plan(1), "three")).Refused, StringComparison.Ordinal);
        Assert.Null((await StartAsync(Plan(2, new PlannedMove(1, "a", new Fate.Move("x", false))), "three")).Refused);
        Assert.Contains("still moves people", (await StartAsync(Plan(3), "four")).Refused, StringComparison.Ordinal);

        Assert.Equal((3, "three"), Assert.Single(await Store.Content.LatestAsync(ContentKind.Journey, Go)) is var newest ? (newest.Version, newest.Text) : default);
        Assert.Single(await Store.Publications.OfAsync(Journey, Go));
    }

    [SkippableFact]
    public async Task A_page_moves_people_and_takes_them_from_whoever_walks_them()
    {
        var (publication, walk) = await OneAsync();
        var claimed = Assert.Single(await TakeAsync());

        var placed = new PlacedPerson(walk.Id, PersonOutcome.Moved, walk with { Version = 2, StepId = "x", DueAt = Noon.AddDays(1), Reason = "moved" }, walk);
        Assert.Equal(1, await Store.Publications.StoreAsync(publication.Id, [placed], Go));

        Same(walk with { Version = 2, StepId = "x", DueAt = Noon.AddDays(1), Reason = "moved", Revision = 1 }, await GetAsync(walk.Id));
        Assert.Contains(walk.Id, (await Store.Work.CommitAsync(new Effects { Moves = [claimed with { StepId = "b" }] }, Go)).RefusedMoves);
        Assert.True(await Store.Publications.FinishAsync(publication.Id, Noon.AddMinutes(1), Go));
        Assert.Equal(Noon.AddMinutes(1), Assert.Single(await Store.Publications.OfAsync(Journey, Go)).DoneAt);
        Assert.Equal([new OutcomeCount(1, "a", PersonOutcome.Moved, 1)], await Store.Publications.CountAsync(publication.Id, Go));
    }

    [SkippableFact]
    public async Task Whoever_has_changed_since_they_were_read_stays_on_the_list_and_nobody_is_decided_twice()
    {
        var (publication, walk) = await OneAsync();
        await Store.Work.CommitAsync(new Effects { Moves = [walk with { GoalAt = Noon }] }, Go);
        var old = new PlacedPerson(walk.Id, PersonOutcome.Moved, walk with { Version = 2 }, walk);

        Assert.Equal(0, await Store.Publications.StoreAsync(publication.Id, [old], Go));
        var now = Assert.Single(await Store.Publications.PageAsync(publication.Id, 10, Go)).Enrolment;
        var fresh = new PlacedPerson(walk.Id, PersonOutcome.Moved, now with { Version = 2 }, now);
        Assert.Equal(1, await Store.Publications.StoreAsync(publication.Id, [fresh], Go));
        Assert.Equal(0, await Store.Publications.StoreAsync(publication.Id, [fresh with { Moved = now with { Version = 9, Revision = 2 } }], Go));

        Assert.Equal((2, 2), await GetAsync(walk.Id) is var stands ? (stands.Version, stands.Revision) : default);
    }

    [SkippableFact]
    public async Task Two_processes_decide_on_each_person_once()
    {
        await PublishAsync("one");
        var walks = Enumerable.Range(0, 300).Select(_ => Walk(1, "a")).ToArray();
        await BeginAsync(walks);
        var publication = Plan(1, new PlannedMove(1, "a", new Fate.Move("x", false)));
        await StartAsync(publication, "two");
        var other = await AnotherProcessAsync();

        var decided = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            var (store, done) = (n % 2 == 0 ? Store : other, 0);
            while (await store.Publications.PageAsync(publication.Id, 20, Go) is { Count: > 0 } page)
                done += await store.Publications.StoreAsync(publication.Id, [.. page.Select(one => new PlacedPerson(one.Enrolment.Id, PersonOutcome.Moved, one.Enrolment with { Version = 2 }, one.Enrolment))], Go);
            return done;
        })));

        Assert.Equal(300, decided.Sum());
        Assert.All((await Store.Enrolments.GetAsync([.. walks.Select(walk => walk.Id)], Go)).Values, walk => Assert.Equal((2, 1), (walk.Version, walk.Revision)));
    }

    [SkippableFact]
    public async Task A_rollback_lists_whom_a_version_has_moved_with_where_they_stood_and_spares_whom_it_had_not_moved_yet()
    {
        await PublishAsync("one");
        var (moved, left, not) = (Walk(1, "a") with { Entered = true, WaitsFor = "survey.answered", WaitsOn = Some.Key(), Reason = "waits" }, Walk(1, "a"), Walk(1, "a"));
        await BeginAsync(moved, left, not);
        var publication = Plan(1, new PlannedMove(1, "a", new Fate.Move("x", false)));
        await StartAsync(publication, "two");
        await Store.Publications.StoreAsync(
            publication.Id,
            [
                new PlacedPerson(moved.Id, PersonOutcome.Moved, moved with { Version = 2, StepId = "x", WaitsFor = null, WaitsOn = null, Entered = false }, moved),
                new PlacedPerson(left.Id, PersonOutcome.Left, left with { State = EnrolmentState.Exited, DueAt = null, EndedAt = Noon }, left),
            ],
            Go);

        var back = RollbackOf(2, restores: 1);
        Assert.Equal([(3, true)], (await StartAsync(back, "one")).Versions);

        Same(back, Assert.Single(await Store.Publications.OpenAsync(Go)));
        var listed = await Store.Publications.PageAsync(back.Id, 10, Go);
        Assert.Equal([moved.Id, left.Id], listed.Select(one => one.Enrolment.Id));
        Same(moved with { Revision = 1 }, listed[0].Former!);
        Same(left with { Revision = 1 }, listed[1].Former!);
        Assert.All(listed, one => Assert.Equal(1, one.MovedTo));
        Assert.Contains(new OutcomeCount(1, "a", PersonOutcome.Withdrawn, 1), await Store.Publications.CountAsync(publication.Id, Go));
        Same(not, await GetAsync(not.Id));
    }

    [SkippableFact]
    public async Task Whoever_was_put_back_can_be_put_back_from_the_move_before_too()
    {
        await PublishAsync("one");
        var walk = Walk(1, "a");
        await BeginAsync(walk);
        var first = Plan(1, new PlannedMove(1, "a", new Fate.Move("x", false)));
        await StartAsync(first, "two");
        await Store.Publications.StoreAsync(first.Id, [new PlacedPerson(walk.Id, PersonOutcome.Moved, walk with { Version = 2, StepId = "x" }, walk)], Go);
        await Store.Publications.FinishAsync(first.Id, Noon, Go);
        var second = Plan(2, new PlannedMove(2, "x", new Fate.Move("y", false)));
        await StartAsync(second, "three");
        var between = await GetAsync(walk.Id);
        await Store.Publications.StoreAsync(second.Id, [new PlacedPerson(walk.Id, PersonOutcome.Moved, between with { Version = 3, StepId = "y" }, between)], Go);
        await Store.Publications.FinishAsync(second.Id, Noon, Go);

        var back = RollbackOf(3, restores: 2);
        await StartAsync(back, "two");
        var listed = Assert.Single(await Store.Publications.PageAsync(back.Id, 10, Go));
        await Store.Publications.StoreAsync(
            back.Id, [new PlacedPerson(walk.Id, PersonOutcome.PutBack, listed.Former! with { Revision = listed.Enrolment.Revision }, null)], Go);
        await Store.Publications.FinishAsync(back.Id, Noon, Go);

        var further = RollbackOf(4, restores: 1) with { Undoes = 2 };
        await StartAsync(further, "one");
        var again = Assert.Single(await Store.Publications.PageAsync(further.Id, 10, Go));
        Assert.Equal(again.MovedTo, again.Enrolment.Revision);
        Assert.Equal((1, "a"), (again.Former!.Version, again.Former.StepId));
    }

    private static Enrolment Walk(int version, string step) => Some.Enrolment() with { Version = version, StepId = step };

    private static Publication Plan(int @base, params PlannedMove[] moves) => new()
    {
        Id = Some.Key(), Journey = Journey, Kind = PublicationKind.Publish, BaseVersion = @base, Version = @base + 1, Plan = "0123456789ab", Moves = moves, At = Noon,
    };

    private static Publication RollbackOf(int @base, int restores) => new()
    {
        Id = Some.Key(), Journey = Journey, Kind = PublicationKind.Rollback, BaseVersion = @base, Version = @base + 1, Restores = restores, Undoes = @base, At = Noon,
    };

    private async Task<(Publication Publication, Enrolment Walk)> OneAsync()
    {
        await PublishAsync("one");
        var walk = Walk(1, "a");
        await BeginAsync(walk);
        var publication = Plan(1, new PlannedMove(1, "a", new Fate.Move("x", false)));
        await StartAsync(publication, "two");
        return (publication, walk);
    }

    private Task<PublicationStart> StartAsync(Publication publication, string text) =>
        Store.Publications.BeginAsync([publication], [(ContentKind.Journey, Journey, text)], Noon, Go);

    private Task PublishAsync(string text) => Store.Content.PublishAsync([(ContentKind.Journey, Journey, text)], Noon, Go);

    private async Task<Enrolment> GetAsync(Guid id) => (await Store.Enrolments.GetAsync([id], Go))[id];

    private Task BeginAsync(params Enrolment[] enrolments) =>
        Store.Work.CommitAsync(new Effects { Enrolments = [.. enrolments.Select(one => new Enrol(one, null))] }, Go);
}
