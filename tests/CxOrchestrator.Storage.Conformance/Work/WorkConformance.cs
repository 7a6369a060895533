using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage.Conformance.Work;

/// <summary>What <see cref="IWork"/> promises of moves, repeats and faults.</summary>
public abstract class WorkConformance : StoreConformance
{
    [SkippableFact]
    public async Task Nothing_is_committed_by_no_effects()
    {
        var report = await Store.Work.CommitAsync(Effects.None, Go);

        Assert.Empty(report.RefusedEnrolments);
        Assert.Empty(report.RefusedMoves);
    }

    [SkippableFact]
    public async Task Of_two_moves_from_one_revision_the_second_is_refused()
    {
        var read = await BegunAsync();
        await Store.Work.CommitAsync(new Effects { Moves = [read with { StepId = "first" }] }, Go);

        var report = await Store.Work.CommitAsync(new Effects { Moves = [read with { StepId = "second" }] }, Go);

        Assert.Equal([read.Id], report.RefusedMoves);
        Assert.Equal("first", (await GetAsync(read)).StepId);
    }

    [SkippableFact]
    public async Task Of_many_moves_from_one_revision_at_once_one_wins_and_leaves_its_effects()
    {
        var read = await BegunAsync();
        var other = await AnotherProcessAsync();

        var won = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(async () =>
        {
            var effects = new Effects { Moves = [read with { StepId = $"{n}" }], Deliveries = [Some.Delivery(read) with { StepId = $"{n}" }] };
            return (await (n % 2 == 0 ? Store : other).Work.CommitAsync(effects, Go)).RefusedMoves.Count == 0;
        })));

        Assert.Equal(1, won.Count(one => one));
        var moved = await GetAsync(read);
        Assert.Equal(read.Revision + 1, moved.Revision);
        Assert.Equal(moved.StepId, Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 100, Go)).StepId);
    }

    [SkippableFact]
    public async Task What_belongs_to_a_refused_move_is_left_out_and_the_rest_is_stored()
    {
        var (stale, fine) = (await BegunAsync(), await BegunAsync());
        await Store.Work.CommitAsync(new Effects { Moves = [stale with { StepId = "moved on" }] }, Go);
        var customer = (await Store.Customers.UpsertAsync([Some.Draft()], Noon, Go))[0].Id;

        var report = await Store.Work.CommitAsync(
            new Effects
            {
                Moves = [stale with { StepId = "late" }, fine with { StepId = "in time" }], Deliveries = [Some.Delivery(stale), Some.Delivery(fine)],
                WriteBacks = [Some.WriteBack() with { EnrolmentId = stale.Id }, Some.WriteBack() with { EnrolmentId = fine.Id }],
                Attributes =
                [
                    new(customer, Json.Parse("""{"late":1}"""), Noon) { EnrolmentId = stale.Id },
                    new(customer, Json.Parse("""{"inTime":1}"""), Noon) { EnrolmentId = fine.Id },
                ],
            },
            Go);

        Assert.Equal([stale.Id], report.RefusedMoves);
        Assert.Equal("in time", (await GetAsync(fine)).StepId);
        Assert.Equal(fine.Id, Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go)).EnrolmentId);
        Assert.Equal(fine.Id, Assert.Single(await Store.WriteBacks.ClaimDueAsync(By(), Noon, 10, Go)).EnrolmentId);
        Assert.Equal("""{"inTime":1}""", (await Store.Customers.GetAsync([customer], Go))[customer].Attributes.GetRawText());
    }

    [SkippableTheory]
    [InlineData("""{"tier":"gold"}""", """{"tier":"gold"}""", """{"tier":"gold","a":1,"b":2}""")]
    [InlineData("""{"tier":"gold","since":2}""", """{"tier":"gold"}""", """{"tier":"gold","since":2,"a":1,"b":2}""")]
    [InlineData("""{"a":0,"b":2}""", """{"a":1,"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"tier":"gold"}""", null, """{"tier":"gold","a":1,"b":2}""")]
    [InlineData("""{"tier":"gold"}""", "null", """{"tier":"gold","a":1,"b":2}""")]
    public async Task Attributes_are_merged_into_what_stands_whatever_was_read_before(string stands, string? known, string becomes)
    {
        var customers = (await Store.Customers.UpsertAsync(
            [Some.Draft("1") with { Attributes = Json.Parse(stands) }, Some.Draft("2") with { Attributes = Json.Parse(stands) }], Noon, Go)).Select(one => one.Id).ToList();
        var read = known is null ? (JsonElement?)null : Json.Parse(known);

        await Store.Work.CommitAsync(
            new Effects
            {
                Attributes =
                [
                    .. customers.Select(id => new AttributeChange(id, Json.Parse("""{"a":1}"""), Noon.AddHours(1)) { Known = read }),
                    new(customers[0], Json.Parse("""{"b":2}"""), Noon.AddHours(2)) { Known = read },
                    new(customers[1], Json.Parse("""{"b":2}"""), Noon.AddHours(2)),
                ],
            },
            Go);

        var stored = await Store.Customers.GetAsync(customers, Go);
        Assert.Equal([becomes, becomes], customers.Select(id => stored[id].Attributes.GetRawText()));
        Assert.All(customers, id => Assert.NotEqual(Noon, stored[id].ChangedAt));
    }

    [SkippableFact]
    public async Task An_event_whose_move_was_refused_is_claimed_again()
    {
        var enrolment = await BegunAsync();
        var about = Some.Event() with { CustomerId = enrolment.CustomerId };
        await Store.Events.AppendAsync([about], Go);
        await Store.Events.ClaimAsync(By(), 10, Go);
        await Store.Work.CommitAsync(new Effects { Moves = [enrolment with { StepId = "timed out" }] }, Go);
        var late = new Effects
        {
            Moves = [enrolment with { StepId = "woken" }], Decisions = [Some.Decision(about, EventOutcome.Woke, enrolment.Id), Some.Decision(about, EventOutcome.NoJourney, journey: "")],
            ProcessedEvents = [about.Id],
        };

        await Store.Work.CommitAsync(late, Go);

        Assert.Equal(about.Id, Assert.Single(await Store.Events.ClaimAsync(By("node-b"), 10, Go)).Id);
        await Store.Work.CommitAsync(late with { Moves = [], Decisions = [Some.Decision(about, EventOutcome.NoJourney, journey: "")] }, Go);
        Assert.Empty(await Store.Events.ClaimAsync(By("node-c", seconds: 999), 10, Go));
        Assert.Empty((await Store.Books.ReadAsync(Go)).Faults());
    }

    [SkippableFact]
    public async Task A_commit_that_moves_an_enrolment_twice_is_refused_whole()
    {
        var enrolment = await BegunAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Store.Work.CommitAsync(
            new Effects { Moves = [enrolment with { StepId = "2" }, enrolment with { StepId = "3" }], Events = [Some.Event()] }, Go));

        Same(enrolment, await GetAsync(enrolment));
        Assert.Equal(0, (await Store.Events.CountAsync(Go)).Stored);
    }

    [SkippableFact]
    public async Task A_move_of_an_enrolment_that_does_not_exist_is_refused() =>
        Assert.Single((await Store.Work.CommitAsync(new Effects { Moves = [Some.Enrolment()] }, Go)).RefusedMoves);

    [SkippableFact]
    public async Task Repeating_a_commit_changes_nothing()
    {
        var enrolment = Some.Enrolment();
        var invitation = Some.Invitation(enrolment);
        var about = Some.Event();
        var effects = new Effects
        {
            Enrolments = [new(enrolment, null)], Deliveries = [Some.Delivery(enrolment)], Invitations = [invitation], Cases = [Some.Case()],
            WriteBacks = [Some.WriteBack()], Events = [about], Decisions = [Some.Decision(about, EventOutcome.Enrolled, enrolment.Id), Some.Decision(about, EventOutcome.Exited, enrolment.Id)],
            ProcessedEvents = [about.Id],
        };

        await Store.Work.CommitAsync(effects, Go);
        var once = await Store.Books.ReadAsync(Go);
        var timeline = await Store.Timeline.ReadAsync(enrolment.CustomerId, 100, Go);
        await Store.Work.CommitAsync(effects, Go);

        Same(once, await Store.Books.ReadAsync(Go));
        Same(timeline, await Store.Timeline.ReadAsync(enrolment.CustomerId, 100, Go));
    }

    [SkippableFact]
    public async Task Rows_with_a_unique_key_that_exists_are_left_alone()
    {
        var (delivery, openCase, writeBack, about) = (Some.Delivery(), Some.Case(), Some.WriteBack(), Some.Event());
        await Store.Work.CommitAsync(new Effects { Deliveries = [delivery], Cases = [openCase], WriteBacks = [writeBack], Events = [about] }, Go);

        await Store.Work.CommitAsync(
            new Effects
            {
                Deliveries = [delivery with { Id = Some.Key(), Message = "other" }], Cases = [openCase with { Id = Some.Key(), Subject = "other" }],
                WriteBacks = [writeBack with { Id = Some.Key(), Title = "other" }], Events = [about with { Id = Some.Key(), Type = "other" }],
            },
            Go);

        Assert.Equal(delivery.Id, Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go)).Id);
        Assert.Equal(openCase.Id, Assert.Single(await Store.Cases.ListAsync(null, 10, Go)).Id);
        Assert.Equal(writeBack.Id, Assert.Single(await Store.WriteBacks.ClaimDueAsync(By(), Noon, 10, Go)).Id);
        Assert.Equal(about.Id, Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).Id);
    }

    [SkippableFact]
    public async Task Another_occurrence_of_a_step_is_another_delivery()
    {
        var delivery = Some.Delivery();

        await Store.Work.CommitAsync(new Effects { Deliveries = [delivery, delivery with { Id = Some.Key(), Occurrence = 2 }] }, Go);

        Assert.Equal(2, (await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go)).Count);
    }

    [SkippableFact]
    public async Task A_commit_that_fails_in_the_middle_stores_nothing_of_it()
    {
        var enrolment = await BegunAsync();
        var about = Some.Event();
        await Store.Events.AppendAsync([about], Go);
        var before = await Store.Books.ReadAsync(Go);

        await Assert.ThrowsAnyAsync<Exception>(() => Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new(Some.Enrolment(), null)], Moves = [enrolment with { StepId = "2" }], Deliveries = [Some.Delivery(enrolment)],
                WriteBacks = [Some.WriteBack(), Some.WriteBack() with { Title = null! }], ProcessedEvents = [about.Id],
            },
            Go));

        Same(before, await Store.Books.ReadAsync(Go));
        Same(enrolment, await GetAsync(enrolment));
    }

    [SkippableFact]
    public async Task A_commit_that_fails_does_not_take_others_with_it()
    {
        var commits = Enumerable.Range(0, 40).Select(n => Store.Work.CommitAsync(
            new Effects { WriteBacks = [Some.WriteBack(), Some.WriteBack() with { Title = n % 4 == 0 ? null! : "fine" }] }, Go)).ToList();

        await Task.WhenAll(commits.Select(commit => commit.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(10, commits.Count(commit => commit.IsFaulted));
        Assert.Equal(60, (await Store.WriteBacks.CountAsync(Go)).Values.Sum());
    }

    [SkippableFact]
    public async Task A_commit_is_seen_by_another_process_at_once()
    {
        var other = await AnotherProcessAsync();
        var enrolment = await BegunAsync();

        Same(enrolment, (await other.Enrolments.GetAsync([enrolment.Id], Go))[enrolment.Id]);
    }

    [SkippableFact]
    public async Task An_event_of_our_own_finds_its_customer_like_any_other()
    {
        var customer = (await Store.Customers.UpsertAsync([Some.Draft("c-1")], Noon, Go))[0].Id;

        await Store.Work.CommitAsync(new Effects { Events = [Some.Event()] }, Go);

        Assert.Equal(customer, Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).CustomerId);
    }

    [SkippableFact]
    public async Task Attributes_are_merged_into_the_customer()
    {
        var customer = (await Store.Customers.UpsertAsync([Some.Draft() with { Attributes = Json.Parse("""{"a":1,"b":2}""") }], Noon, Go))[0].Id;

        await Store.Work.CommitAsync(
            new Effects { Attributes = [new(customer, Json.Parse("""{"b":null,"c":[3]}"""), Noon.AddDays(1)), new(Some.Key(), Json.Parse("""{"x":1}"""), Noon)] }, Go);

        var changed = (await Store.Customers.GetAsync([customer], Go))[customer];
        Assert.Equal("""{"a":1,"c":[3]}""", changed.Attributes.GetRawText());
        Assert.Equal(Noon.AddDays(1), changed.ChangedAt);
        Assert.Equal("c-1@example.com", changed.AddressOn(Core.Customers.Channel.Email));
    }

    [SkippableFact]
    public async Task Thousands_of_rows_in_one_commit_are_stored()
    {
        var enrolments = Enumerable.Range(0, 2000).Select(_ => Some.Enrolment()).ToList();

        await Store.Work.CommitAsync(
            new Effects { Enrolments = [.. enrolments.Select(one => new Enrol(one, null))], Deliveries = [.. enrolments.Select(Some.Delivery)] }, Go);

        Assert.Equal(2000, (await TakeAsync(5000)).Count);
        Assert.Equal(2000, (await Store.Ledger.GetAsync([.. (await Store.Ledger.ClaimDueAsync(By(), Noon, 5000, Go)).Select(one => one.Id)], Go)).Count);
    }

    private async Task<Enrolment> BegunAsync()
    {
        var enrolment = Some.Enrolment();
        await Store.Work.CommitAsync(new Effects { Enrolments = [new(enrolment, null)] }, Go);
        return enrolment;
    }

    private async Task<Enrolment> GetAsync(Enrolment enrolment) => (await Store.Enrolments.GetAsync([enrolment.Id], Go))[enrolment.Id];
}
