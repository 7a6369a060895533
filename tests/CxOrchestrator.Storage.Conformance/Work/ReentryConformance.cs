using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Timeline;

namespace CxOrchestrator.Storage.Conformance.Work;

/// <summary>What <see cref="IWork"/> promises of the re-entry slot.</summary>
public abstract class ReentryConformance : StoreConformance
{
    private readonly Guid _customer = Some.Key();

    [SkippableFact]
    public async Task A_slot_that_was_never_used_is_free() => Assert.True(await BeginAsync(Entry(Noon), null));

    [SkippableFact]
    public async Task A_slot_taken_for_good_is_never_free_again()
    {
        await BeginAsync(Entry(Noon), null);

        Assert.False(await BeginAsync(Entry(Noon.AddYears(50)), null));
    }

    [SkippableFact]
    public async Task A_slot_is_free_again_from_the_time_on_that_its_enrolment_said()
    {
        await BeginAsync(Entry(Noon), Noon.AddDays(90));

        Assert.False(await BeginAsync(Entry(Noon.AddDays(90).AddTicks(-10)), Noon.AddDays(91)));
        Assert.True(await BeginAsync(Entry(Noon.AddDays(90)), Noon.AddDays(180)));
        Assert.False(await BeginAsync(Entry(Noon.AddDays(91)), null));
        Assert.True(await BeginAsync(Entry(Noon.AddDays(180)), null));
        Assert.False(await BeginAsync(Entry(Noon.AddDays(900)), null));
    }

    [SkippableFact]
    public async Task A_refused_try_does_not_change_when_the_slot_is_free()
    {
        await BeginAsync(Entry(Noon), Noon.AddDays(2));
        await BeginAsync(Entry(Noon.AddDays(1)), null);

        Assert.True(await BeginAsync(Entry(Noon.AddDays(2)), null));
    }

    [SkippableFact]
    public async Task Slots_of_other_keys_journeys_and_customers_are_others()
    {
        await BeginAsync(Entry(Noon), null);

        Assert.True(await BeginAsync(Entry(Noon) with { EntryKey = "other" }, null));
        Assert.True(await BeginAsync(Entry(Noon) with { Journey = "other" }, null));
        Assert.True(await BeginAsync(Entry(Noon) with { CustomerId = Some.Key() }, null));
    }

    [SkippableFact]
    public async Task Two_for_one_slot_in_one_commit_begin_one()
    {
        var (first, second) = (Entry(Noon), Entry(Noon));

        var report = await Store.Work.CommitAsync(new Effects { Enrolments = [new(first, null), new(second, null)] }, Go);

        Assert.Equal([second.Id], report.RefusedEnrolments);
        Assert.Equal(first.Id, Assert.Single(await Store.Enrolments.ActiveAsync([_customer], Go)).Id);
    }

    [SkippableFact]
    public async Task Of_many_commits_for_one_slot_at_once_one_wins()
    {
        var other = await AnotherProcessAsync();

        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(async () =>
        {
            var report = await (n % 2 == 0 ? Store : other).Work.CommitAsync(new Effects { Enrolments = [new(Entry(Noon), null)] }, Go);
            return report.RefusedEnrolments.Count == 0;
        })));

        Assert.Equal(1, won.Count(one => one));
        Assert.Single(await Store.Enrolments.ActiveAsync([_customer], Go));
    }

    [SkippableFact]
    public async Task Repeating_a_commit_changes_nothing_and_refuses_nothing()
    {
        var effects = new Effects { Enrolments = [new(Entry(Noon), null)] };
        await Store.Work.CommitAsync(effects, Go);

        Assert.Empty((await Store.Work.CommitAsync(effects, Go)).RefusedEnrolments);
        Assert.Single(await Store.Enrolments.ActiveAsync([_customer], Go));
    }

    [SkippableFact]
    public async Task Repeating_a_commit_after_the_enrolment_has_moved_leaves_it_where_it_is()
    {
        var entry = Entry(Noon);
        var effects = new Effects { Enrolments = [new(entry, null)] };
        await Store.Work.CommitAsync(effects, Go);
        await Store.Work.CommitAsync(new Effects { Moves = [entry with { StepId = "9" }] }, Go);

        await Store.Work.CommitAsync(effects, Go);

        Assert.Equal("9", Assert.Single(await Store.Enrolments.ActiveAsync([_customer], Go)).StepId);
    }

    [SkippableFact]
    public async Task What_belongs_to_a_refused_enrolment_is_left_out_and_the_rest_is_stored()
    {
        await BeginAsync(Entry(Noon), null);
        var (refused, fine) = (Entry(Noon), Entry(Noon) with { EntryKey = "fine" });
        var invitation = Some.Invitation(refused);

        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new(refused, null), new(fine, null)], Deliveries = [Some.Delivery(refused), Some.Delivery(fine)],
                Invitations = [invitation, Some.Invitation(fine)],
                Cases = [Some.Case() with { EnrolmentId = refused.Id }, Some.Case() with { InvitationId = invitation.Id }, Some.Case() with { EnrolmentId = fine.Id }],
                WriteBacks = [Some.WriteBack() with { EnrolmentId = refused.Id }, Some.WriteBack()],
                Events = [Some.Event() with { EnrolmentId = refused.Id }, Some.Event()],
            },
            Go);

        Assert.Equal(fine.Id, Assert.Single(await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go)).EnrolmentId);
        Assert.Null(await Store.Surveys.FindAsync(invitation.Id, Go));
        Assert.NotNull(await Store.Surveys.FindAsync(fine.Id, "nps", Go));
        Assert.Equal(fine.Id, Assert.Single(await Store.Cases.ListAsync(null, 10, Go)).EnrolmentId);
        Assert.Null(Assert.Single(await Store.WriteBacks.ClaimDueAsync(By(), Noon, 10, Go)).EnrolmentId);
        Assert.Null(Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go)).EnrolmentId);
    }

    [SkippableFact]
    public async Task The_decision_of_a_refused_enrolment_says_that_re_entry_refused_it_and_why()
    {
        await BeginAsync(Entry(Noon), Noon.AddDays(90));
        var about = Some.Event() with { CustomerId = _customer };
        await Store.Events.AppendAsync([about], Go);
        var refused = Entry(Noon) with { EventId = about.Id };

        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new(refused, null)], Decisions = [Some.Decision(about, EventOutcome.Enrolled, refused.Id)], ProcessedEvents = [about.Id],
            },
            Go);

        var books = await Store.Books.ReadAsync(Go);
        Assert.Equal(KeyValuePair.Create(EventOutcome.ReentryRefused, 1L), Assert.Single(books.Decisions));
        Assert.Empty(books.Faults());
        var entry = (await Store.Timeline.ReadAsync(_customer, 10, Go)).Single(one => one.Kind == TimelineKind.Event);
        Assert.Contains("2026-05-31", entry.Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task One_event_begins_one_enrolment_of_a_journey_even_where_two_nodes_process_it()
    {
        var about = Some.Event() with { CustomerId = _customer };
        await Store.Events.AppendAsync([about], Go);

        for (var node = 0; node < 2; node++)
        {
            var begun = Entry(Noon) with { EventId = about.Id, EntryKey = $"always-{node}" };
            await Store.Work.CommitAsync(
                new Effects
                {
                    Enrolments = [new(begun, null)], Decisions = [Some.Decision(about, EventOutcome.Enrolled, begun.Id)], ProcessedEvents = [about.Id],
                },
                Go);
        }

        var books = await Store.Books.ReadAsync(Go);
        Assert.Equal(1, books.EnrolmentsByEvent);
        Assert.Equal(KeyValuePair.Create(EventOutcome.Enrolled, 1L), Assert.Single(books.Decisions));
    }

    [SkippableFact]
    public async Task One_event_may_begin_enrolments_of_several_journeys()
    {
        var about = Some.Key();

        var report = await Store.Work.CommitAsync(
            new Effects { Enrolments = [new(Entry(Noon) with { EventId = about }, null), new(Entry(Noon) with { EventId = about, Journey = "other" }, null)] }, Go);

        Assert.Empty(report.RefusedEnrolments);
    }

    private Enrolment Entry(DateTimeOffset at) => Some.Enrolment(_customer) with { EntryKey = "once", StartedAt = at };

    private async Task<bool> BeginAsync(Enrolment enrolment, DateTimeOffset? freeAgain)
    {
        var report = await Store.Work.CommitAsync(new Effects { Enrolments = [new Enrol(enrolment, freeAgain)] }, Go);
        return report.RefusedEnrolments.Count == 0;
    }
}
