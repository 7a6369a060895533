using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Conformance.Enrolments;

/// <summary>What <see cref="IEnrolmentStore"/> promises.</summary>
public abstract class EnrolmentStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task An_enrolment_comes_back_with_every_field()
    {
        var whole = Some.Enrolment() with
        {
            Version = 3, EntryKey = "کلید", EventId = Some.Key(), StepId = "4.choose.1", Entered = true, DueAt = Noon.AddTicks(70), WaitsFor = "survey.answered",
            WaitsOn = Some.Key(), GoalAt = Noon.AddHours(1), EndedAt = Noon.AddHours(2), Reason = "waits for an answer", Revision = 4, Lane = Lane.Bulk,
            Context = new EnrolmentContext
            {
                Event = Json.Parse("""{"type":"order.delivered","data":{"total":19.9}}"""), Heard = Some.Key(),
                Answer = Json.Parse("""{"score":3,"comment":"迟到"}"""),
                Visits = new Dictionary<string, int> { ["1"] = 2, ["invite"] = 1 },
                Deliveries = new Dictionary<string, Guid> { ["invite"] = Some.Key() },
                Trail = [new Trace("1", Noon.AddTicks(20), "waits until خوب"), new Trace("invite", Noon.AddHours(1), "planned \"nps\"")],
            },
        };

        await BeginAsync(whole);

        Same(whole, (await Store.Enrolments.GetAsync([whole.Id, Some.Key()], Go)).Single().Value);
    }

    [SkippableFact]
    public async Task Data_as_deep_as_a_reader_lets_in_comes_back_inside_the_context()
    {
        var deep = Json.Parse(string.Concat(Enumerable.Repeat("""{"a":""", 63)) + "[]" + new string('}', 63));
        var enrolment = Some.Enrolment() with { Context = new EnrolmentContext { Event = deep } };

        await BeginAsync(enrolment);

        Assert.Equal(deep.GetRawText(), Assert.Single(await TakeAsync(1)).Context.Event.GetRawText());
    }

    [SkippableFact]
    public async Task A_trail_grows_from_move_to_move_and_comes_back_whole()
    {
        var expected = new List<Trace>();
        await BeginAsync(Some.Enrolment() with { Context = new EnrolmentContext { Event = Json.Parse("""{"name":"a\u00e9\/b","total":1.50}""") } });
        for (var round = 0; round < 4; round++)
        {
            var taken = Assert.Single(await TakeAsync(1));
            var claimed = (await Store.Enrolments.GetAsync([taken.Id], Go))[taken.Id];
            Assert.Equal(expected, claimed.Context.Trail);
            Assert.Equal("""{"name":"a\u00e9\/b","total":1.50}""", claimed.Context.Event.GetRawText());
            Trace[] added = [new Trace($"{round}", Noon.AddMinutes(round), "waits, \"so\" it is: é"), new Trace($"{round}.1", Noon, "went on")];
            expected.AddRange(added);
            await Store.Work.CommitAsync(new Effects { Moves = [claimed with { Context = added.Aggregate(claimed.Context, (context, trace) => context.With(trace)) }] }, Go);
        }

        var last = Assert.Single(await TakeAsync(1));
        Assert.Equal(expected, (await Store.Enrolments.GetAsync([last.Id], Go))[last.Id].Context.Trail);
    }

    [SkippableFact]
    public async Task The_longest_due_are_walked_first_up_to_the_limit()
    {
        var due = Enumerable.Range(0, 5).Select(i => Some.Enrolment() with { DueAt = Noon.AddMinutes(-i) }).ToArray();
        await BeginAsync(due);

        Assert.Equal([due[4].Id, due[3].Id], await WalkedAsync(2));
        Assert.Equal([due[2].Id, due[1].Id, due[0].Id], await WalkedAsync(10));
    }

    [SkippableFact]
    public async Task A_lane_is_walked_before_the_next_however_long_that_has_waited()
    {
        var bulk = Enumerable.Range(0, 4).Select(i => Some.Enrolment() with { Lane = Lane.Bulk, DueAt = Noon.AddHours(-5 - i) }).ToArray();
        var personal = Some.Enrolment() with { Lane = Lane.Personal, DueAt = Noon.AddHours(-1) };
        var service = Some.Enrolment() with { Lane = Lane.Service };
        await BeginAsync([.. bulk, personal, service]);

        Assert.Equal([service.Id, personal.Id, bulk[3].Id], await WalkedAsync(3));
        Assert.Equal([bulk[2].Id, bulk[1].Id, bulk[0].Id], await WalkedAsync(10));
    }

    [SkippableFact]
    public async Task What_is_not_due_yet_or_only_waits_for_an_event_or_has_ended_is_not_walked()
    {
        var due = Some.Enrolment();
        await BeginAsync(
            due, Some.Enrolment() with { DueAt = Noon.AddTicks(10) }, Some.Enrolment() with { DueAt = null, WaitsFor = "order.returned" },
            Some.Enrolment() with { State = EnrolmentState.Completed }, Some.Enrolment() with { State = EnrolmentState.Failed });

        Assert.Equal(due.Id, Assert.Single(await TakeAsync(10)).Id);
    }

    [SkippableFact]
    public async Task A_move_frees_the_lease_and_raises_the_revision()
    {
        await BeginAsync(Some.Enrolment());
        var claimed = Assert.Single(await TakeAsync(10));

        await Store.Work.CommitAsync(new Effects { Moves = [claimed with { StepId = "2", DueAt = Noon.AddDays(3), Entered = true }] }, Go);

        Assert.Empty(await TakeAsync(10));
        var later = Assert.Single(await TakeAsync(now: Noon.AddDays(3)));
        Same(claimed with { StepId = "2", DueAt = Noon.AddDays(3), Entered = true, Revision = claimed.Revision + 1 }, later);
    }

    [SkippableFact]
    public async Task Active_ones_of_customers_are_given_leased_or_not()
    {
        var (ana, bob) = (Some.Key(), Some.Key());
        Enrolment[] active = [Some.Enrolment(ana), Some.Enrolment(ana) with { DueAt = null }, Some.Enrolment(bob)];
        await BeginAsync([.. active, Some.Enrolment(ana) with { State = EnrolmentState.Exited }, Some.Enrolment()]);
        await TakeAsync(1);

        Assert.Equal(active.Select(one => one.Id).Order(), (await Store.Enrolments.ActiveAsync([ana, bob, ana], Go)).Select(one => one.Id).Order());
    }

    [SkippableFact]
    public async Task The_next_due_time_is_the_earliest_of_the_active_leased_or_not()
    {
        Assert.Null(await Store.Enrolments.NextDueAsync(Go));

        await BeginAsync(
            Some.Enrolment() with { DueAt = Noon.AddHours(2) }, Some.Enrolment() with { DueAt = null },
            Some.Enrolment() with { DueAt = Noon.AddHours(-9), State = EnrolmentState.Completed });
        Assert.Equal(Noon.AddHours(2), await Store.Enrolments.NextDueAsync(Go));

        await BeginAsync(Some.Enrolment() with { DueAt = Noon.AddHours(-1) });
        await TakeAsync(1);
        Assert.Equal(Noon.AddHours(-1), await Store.Enrolments.NextDueAsync(Go));
    }

    [SkippableFact]
    public async Task They_are_counted_by_journey_version_step_and_state()
    {
        await BeginAsync(
            Some.Enrolment(), Some.Enrolment(), Some.Enrolment() with { StepId = "2" }, Some.Enrolment() with { Version = 2 },
            Some.Enrolment() with { State = EnrolmentState.Completed, StepId = "2" }, Some.Enrolment() with { Journey = "birthday" });

        Assert.Equal(
            [
                new("birthday", 1, "1", EnrolmentState.Active, 1), new("post-delivery-nps", 1, "1", EnrolmentState.Active, 2),
                new("post-delivery-nps", 1, "2", EnrolmentState.Active, 1), new("post-delivery-nps", 1, "2", EnrolmentState.Completed, 1),
                new EnrolmentCount("post-delivery-nps", 2, "1", EnrolmentState.Active, 1),
            ],
            (await Store.Enrolments.CountAsync(Go)).OrderBy(count => count.Journey).ThenBy(count => count.Version).ThenBy(count => count.StepId).ThenBy(count => count.State));
    }

    private Task BeginAsync(params Enrolment[] enrolments) =>
        Store.Work.CommitAsync(new Effects { Enrolments = [.. enrolments.Select(one => new Enrol(one, null))] }, Go);

    // Whoever is walked waits for tomorrow.
    private async Task<IReadOnlyList<Guid>> WalkedAsync(int limit)
    {
        IReadOnlyList<Guid> walked = [];
        await Store.Work.WalkDueAsync(
            new WalkClaim(By(), Noon, [Lane.Service, Lane.Personal, Lane.Bulk], limit),
            due =>
            {
                walked = [.. due.Select(one => one.Id)];
                return Task.FromResult(new Effects { Moves = [.. due.Select(one => one with { DueAt = Noon.AddDays(1) })] });
            },
            Go);
        return walked;
    }
}
