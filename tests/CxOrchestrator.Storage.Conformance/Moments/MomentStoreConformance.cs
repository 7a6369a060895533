using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Moments;

namespace CxOrchestrator.Storage.Conformance.Moments;

/// <summary>What <see cref="IMomentStore"/> promises, and the stores of customers and effects for its sake.</summary>
public abstract class MomentStoreConformance : StoreConformance
{
    private static readonly MomentPlan Plan = new("birthday", "on birthday at 09:00", Noon, null, false);

    [SkippableFact]
    public async Task A_plan_stands_as_it_was_last_stored()
    {
        Same(new MomentLook([], null, false), await Store.Moments.LookAsync(Go));
        await Store.Moments.StartAsync(Plan, Go);
        var key = Some.Key();
        await Store.Moments.CommitAsync(new MomentWork { Plan = Plan with { Cursor = key, Done = true } }, Go);
        Same(new MomentLook([Plan with { Cursor = key, Done = true }], null, false), await Store.Moments.LookAsync(Go));
        await Store.Moments.StartAsync(Plan with { Rule = "another" }, Go);
        Same([Plan with { Rule = "another" }], (await Store.Moments.LookAsync(Go)).Plans);
        Assert.Empty(await Store.Moments.EmptyAsync(Go));
        await Store.Moments.StartAsync(Plan with { Done = true }, Go);
        Assert.Equal(["birthday"], await Store.Moments.EmptyAsync(Go));
        await MoveAsync([new("birthday", key, Noon, null)]);
        Assert.Empty(await Store.Moments.EmptyAsync(Go));
    }

    [SkippableFact]
    public async Task Moments_that_are_due_are_found_longest_due_first()
    {
        var people = Enumerable.Range(0, 5).Select(_ => Some.Key()).ToList();
        await MoveAsync([.. people.Select((id, at) => new MomentMove("birthday", id, Noon.AddMinutes(3 - at), at == 2 ? Noon.AddDays(-1) : null))]);

        var due = await Store.Moments.DueAsync(Noon.AddMinutes(2), 3, Go);

        Same([new Moment("birthday", people[4], Noon.AddMinutes(-1), null), new("birthday", people[3], Noon, null), new("birthday", people[2], Noon.AddMinutes(1), Noon.AddDays(-1))], due);
        Assert.Equal(Noon.AddMinutes(-1), (await Store.Moments.LookAsync(Go)).NextDue);
        Assert.Equal(4, (await Store.Moments.DueAsync(Noon.AddMinutes(2), 100, Go)).Count);
    }

    [SkippableFact]
    public async Task A_moment_that_was_put_off_meanwhile_stays_where_it_is()
    {
        var (anna, ben, cid) = (Some.Key(), Some.Key(), Some.Key());
        await MoveAsync([new("win-back", anna, Noon, Noon.AddDays(-60)), new("win-back", ben, Noon, null), new("win-back", cid, Noon, null)]);
        await Store.Work.CommitAsync(new Effects { Silences = [new Moment("win-back", anna, Noon.AddDays(60), Noon)] }, Go);

        await MoveAsync([new("win-back", anna, null, null, Noon), new("win-back", ben, null, null, Noon), new("win-back", cid, Noon.AddDays(1), Noon, Noon)]);

        Same([new Moment("win-back", cid, Noon.AddDays(1), Noon), new("win-back", anna, Noon.AddDays(60), Noon)], await Store.Moments.DueAsync(Noon.AddDays(99), 9, Go));
        await MoveAsync([new("win-back", anna, Noon.AddDays(7), null, Noon.AddDays(3)), new("win-back", cid, null, null)]);
        Same([new Moment("win-back", anna, Noon.AddDays(60), Noon)], await Store.Moments.DueAsync(Noon.AddDays(99), 9, Go));
    }

    [SkippableFact]
    public async Task A_silence_is_put_off_by_events_and_never_brought_forward()
    {
        var anna = Some.Key();
        foreach (var day in (int[])[10, 30, 20])
            await Store.Work.CommitAsync(new Effects { Silences = [new Moment("win-back", anna, Noon.AddDays(day), Noon.AddDays(day - 60)), new Moment("win-back", anna, Noon.AddDays(day - 1), Noon.AddDays(day - 61))] }, Go);

        Same([new Moment("win-back", anna, Noon.AddDays(30), Noon.AddDays(-30))], await Store.Moments.DueAsync(Noon.AddDays(99), 9, Go));
    }

    [SkippableFact]
    public async Task A_moment_that_is_planned_again_keeps_the_event_that_it_is_counted_from()
    {
        var anna = Some.Key();
        await MoveAsync([new("win-back", anna, Noon, Noon.AddDays(-60))]);
        await MoveAsync([new("win-back", anna, Noon.AddDays(-1), Noon.AddDays(-90))]);
        Same([new Moment("win-back", anna, Noon.AddDays(-1), Noon.AddDays(-60))], await Store.Moments.DueAsync(Noon, 9, Go));
    }

    [SkippableFact]
    public async Task What_a_look_tells_is_stored_once_and_processed_like_any_event()
    {
        var told = Some.Event() with { Source = EventTypes.OwnSource, SourceId = "date/birthday/1", Type = EventTypes.DateReached };
        await Store.Moments.CommitAsync(new MomentWork { Events = [told] }, Go);
        await Store.Moments.CommitAsync(new MomentWork { Events = [told with { Id = Some.Key() }], Moves = [new("birthday", Some.Key(), Noon, null)] }, Go);

        Assert.Equal(told.Id, Assert.Single(await Store.Events.ClaimAsync(By(), 9, Go)).Id);
        Assert.Single(await Store.Moments.DueAsync(Noon, 9, Go));
    }

    [SkippableFact]
    public async Task Changes_of_customers_are_noted_from_the_first_plan_on_until_they_are_taken_in()
    {
        var known = (await Store.Customers.UpsertAsync([Some.Draft("1")], Noon, Go))[0].Id;
        Assert.Empty(await Store.Moments.ChangesAsync(9, Go));
        await Store.Moments.StartAsync(Plan, Go);

        await Store.Customers.UpsertAsync([Some.Draft("1")], Noon, Go);
        Assert.False((await Store.Moments.LookAsync(Go)).Changes);
        var added = (await Store.Customers.UpsertAsync([Some.Draft("2"), Some.Draft("1", "Ana Lima")], Noon, Go))[0].Id;
        await Store.Work.CommitAsync(new Effects { Attributes = [new AttributeChange(known, Json.Parse("""{ "birthday": "1990-01-01" }"""), Noon)] }, Go);

        var changes = await Store.Moments.ChangesAsync(9, Go);
        Assert.Equal([added, known, known], changes.Select(change => change.CustomerId).OrderBy(id => id == known));
        Assert.Equal(known, changes[^1].CustomerId);
        Assert.True((await Store.Moments.LookAsync(Go)).Changes);
        await Store.Moments.CommitAsync(new MomentWork { Taken = [changes[0].Number, changes[1].Number] }, Go);
        Same([changes[2]], await Store.Moments.ChangesAsync(9, Go));
    }

    [SkippableFact]
    public async Task A_journey_without_such_a_trigger_is_let_go_of_a_page_at_a_time()
    {
        await Store.Moments.StartAsync(Plan, Go);
        await MoveAsync([.. Enumerable.Range(0, 5).Select(_ => new MomentMove("birthday", Some.Key(), Noon, null)), new("other", Some.Key(), Noon, null)]);
        Assert.Equal(3, await Store.Moments.EndAsync("birthday", 3, Go));
        Assert.Single((await Store.Moments.LookAsync(Go)).Plans);
        Assert.Equal(2, await Store.Moments.EndAsync("birthday", 3, Go));
        Assert.Empty((await Store.Moments.LookAsync(Go)).Plans);
        Assert.Equal("other", Assert.Single(await Store.Moments.DueAsync(Noon, 9, Go)).Journey);
    }

    [SkippableFact]
    public async Task When_customers_were_last_heard_of_is_known_by_type()
    {
        var people = (await Store.Customers.UpsertAsync([Some.Draft("1"), Some.Draft("2"), Some.Draft("3")], Noon, Go)).Select(one => one.Id).ToList();
        await Store.Events.AppendAsync(
            [
                Some.Event() with { Subject = "1", Type = "order.placed", Time = Noon.AddDays(-3) }, Some.Event() with { Subject = "1", Type = "order.placed", Time = Noon.AddDays(-9) },
                Some.Event() with { Subject = "1", Type = "ping", Time = Noon }, Some.Event() with { Subject = "2", Type = "ping", Time = Noon },
                Some.Event() with { Subject = "3", Type = "order.placed", Time = Noon },
            ], Go);

        var heard = await Store.Moments.LastHeardAsync([people[0], people[1]], "order.placed", Go);

        Assert.Equal([(people[0], Noon.AddDays(-3))], heard.Select(one => (one.Key, one.Value)));
        Assert.Empty(await Store.Moments.LastHeardAsync([], "order.placed", Go));
    }

    [SkippableFact]
    public async Task A_change_of_a_watched_field_is_told_once_with_what_it_was_and_is()
    {
        var draft = Some.Draft("1") with { Attributes = Json.Parse("""{ "plan": "basic", "seats": 3 }"""), Watched = ["plan", "seats", "locale"] };
        var anna = (await Store.Customers.UpsertAsync([draft], Noon, Go))[0].Id;
        Assert.Equal(0, (await Store.Events.CountAsync(Go)).Stored);

        var changed = draft with { Attributes = Json.Parse("""{ "plan": "gold", "seats": 3.0, "tier": 1 }"""), Locale = "de" };
        await Store.Customers.UpsertAsync([changed], Noon.AddHours(1), Go);
        await Store.Customers.UpsertAsync([changed], Noon.AddHours(2), Go);
        await Store.Customers.UpsertAsync([changed with { Attributes = Json.Parse("""{ "plan": null, "tier": 2 }""") }], Noon.AddHours(3), Go);

        var told = await Store.Events.ClaimAsync(By(), 9, Go);
        Assert.Equal(["customer.changed.locale", "customer.changed.plan", "customer.changed.plan"], told.Select(one => one.Type).Order());
        Assert.All(told, one => Assert.Equal((EventTypes.OwnSource, (Guid?)anna), (one.Source, one.CustomerId)));
        Assert.Equal(
            ["""{"field":"plan","from":"basic","to":"gold","by":"shop"}""", """{"field":"plan","from":"gold","to":null,"by":"shop"}"""],
            told.Where(one => one.Type == "customer.changed.plan").OrderBy(one => one.Time).Select(one => one.Data.GetRawText()));
    }

    [SkippableFact]
    public async Task What_a_source_tells_of_somebody_for_the_first_time_is_no_change()
    {
        await Store.Customers.UpsertAsync([Some.Draft("1") with { Attributes = Json.Parse("""{ "plan": "basic" }""") }], Noon, Go);
        var first = Some.Draft("1") with { ExternalIds = [new("crm", "7"), new("shop", "1")], Attributes = Json.Parse("""{ "plan": "gold" }"""), Watched = ["plan"] };
        await Store.Customers.UpsertAsync([first], Noon, Go);
        Assert.Equal(0, (await Store.Events.CountAsync(Go)).Stored);
        await Store.Customers.UpsertAsync([first with { Attributes = Json.Parse("""{ "plan": "basic" }""") }], Noon, Go);
        Assert.Equal(1, (await Store.Events.CountAsync(Go)).Stored);
    }

    private Task MoveAsync(IReadOnlyList<MomentMove> moves) => Store.Moments.CommitAsync(new MomentWork { Moves = moves }, Go);
}
