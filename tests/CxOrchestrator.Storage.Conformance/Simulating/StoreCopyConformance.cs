using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Conformance.Simulating;

/// <summary>What <see cref="IStoreCopy"/> and <see cref="IAnswerHistory"/> promise.</summary>
public abstract class StoreCopyConformance : StoreConformance
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxo-copy-");
    private ISimulatedStore? _simulated;

    /// <summary>Opens a copy, with what a simulation asks of it.</summary>
    protected abstract (OpenStore Store, ISimulatedStore Simulated) OpenCopy(string file);

    [SkippableFact]
    public async Task A_copy_has_people_content_consent_walks_slots_messages_answers_and_splits_as_they_are_and_the_store_stays_as_it_was()
    {
        var seeded = await SeedAsync();
        var before = await Store.Books.ReadAsync(Go);

        await using var copy = await CopyAsync(null);

        Same(before, await Store.Books.ReadAsync(Go));
        Same(await Store.Customers.PageAsync(null, 10, Go), await copy.Customers.PageAsync(null, 10, Go));
        Same(await Store.Consents.InForceAsync([seeded.Ana, seeded.Ben], Go), await copy.Consents.InForceAsync([seeded.Ana, seeded.Ben], Go));
        Same(await Store.Consents.SuppressedAsync([seeded.Suppressed], Go), await copy.Consents.SuppressedAsync([seeded.Suppressed], Go));
        Assert.Single(await copy.Consents.SuppressedAsync([seeded.Suppressed], Go));
        Same(await Store.Content.LatestAsync(ContentKind.Journey, Go), await copy.Content.LatestAsync(ContentKind.Journey, Go));
        Same(await Store.Content.FindAsync(ContentKind.Journey, "j", 1, Go), await copy.Content.FindAsync(ContentKind.Journey, "j", 1, Go));
        Same(await Store.Enrolments.GetAsync([seeded.Walk.Id], Go), await copy.Enrolments.GetAsync([seeded.Walk.Id], Go));
        Same(await Store.Ledger.GetAsync([seeded.Message.Id], Go), await copy.Ledger.GetAsync([seeded.Message.Id], Go));
        Same(await Store.Surveys.FindAsync(seeded.Invitation.Id, Go), await copy.Surveys.FindAsync(seeded.Invitation.Id, Go));
        Same(await Store.Splits.TalliesAsync("j", Go), await copy.Splits.TalliesAsync("j", Go));
        Same(await Store.Splits.WatchedAsync([seeded.Ana], Noon, Go), await copy.Splits.WatchedAsync([seeded.Ana], Noon, Go));
        Assert.Equal("seen", await copy.Marks.ReadAsync("campaign/j", Go));
        var again = await copy.Work.CommitAsync(new Effects { Enrolments = [new Enrol(seeded.Walk with { Id = Some.Key() }, null)] }, Go);
        Assert.Single(again.RefusedEnrolments);
        Assert.Empty((await Store.Work.CommitAsync(new Effects { Enrolments = [new Enrol(seeded.Walk with { Id = Some.Key(), EntryKey = "other" }, null)] }, Go)).RefusedEnrolments);
    }

    [SkippableFact]
    public async Task A_copy_for_one_customer_has_nothing_of_the_others()
    {
        var seeded = await SeedAsync();

        await using var copy = await CopyAsync([seeded.Ben]);

        Assert.Equal([seeded.Ben], (await copy.Customers.PageAsync(null, 10, Go)).Select(customer => customer.Id));
        Assert.Empty(await copy.Enrolments.GetAsync([seeded.Walk.Id], Go));
        Assert.Empty(await copy.Ledger.GetAsync([seeded.Message.Id], Go));
        Assert.Equal(0, (await copy.Events.CountAsync(Go)).Stored);
        Assert.Single(await copy.Content.LatestAsync(ContentKind.Journey, Go));
    }

    [SkippableFact]
    public async Task Nobody_holds_anything_in_a_copy_and_what_was_on_its_way_counts_as_accepted()
    {
        var seeded = await SeedAsync();
        var waiting = Some.Delivery(seeded.Walk) with { StepId = "later" };
        var going = Some.Delivery(seeded.Walk) with { StepId = "going", DueAt = Noon.AddMinutes(-5) };
        await Store.Work.CommitAsync(new Effects { Deliveries = [waiting, going] }, Go);
        Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go));
        Assert.Single(await TakeAsync());
        Assert.Equal(2, (await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go)).Count);
        await Store.Ledger.HandOverAsync(By(), [new HandOver(going.Id, Channel.Email, "mail")], Noon, Go);

        await using var copy = await CopyAsync(null);

        var other = new Lease("copy", MachineNoon, MachineNoon.AddMinutes(1));
        Assert.Single(await copy.Events.ClaimAsync(other, 10, Go));
        Assert.Single(await TakeAsync(lease: other, store: copy));
        Assert.Contains(waiting.Id, (await copy.Ledger.ClaimDueAsync(other, Noon, 10, Go)).Select(one => one.Id));
        Assert.Equal(DeliveryState.Accepted, (await copy.Ledger.GetAsync([going.Id], Go))[going.Id].State);
    }

    [SkippableFact]
    public async Task A_copy_gives_what_others_told_in_order_and_frees_the_slots_of_records_alone()
    {
        var seeded = await SeedAsync();
        var early = Some.Event() with { Time = Noon.AddDays(-3), CustomerId = seeded.Ana };
        var own = Some.Event() with { Time = Noon.AddDays(-2), CustomerId = seeded.Ana, Source = "cxo" };
        await Store.Events.AppendAsync([own, early], Go);
        var record = Some.Enrolment(seeded.Ana) with { Journey = "j", EntryKey = "per/order-1", DueAt = null };
        await Store.Work.CommitAsync(new Effects { Enrolments = [new Enrol(record, null)] }, Go);

        await using var copy = await CopyAsync(null);

        var told = await _simulated!.ToldAsync(Noon.AddDays(-4), Noon, null, 1, Go);
        Assert.Equal(early.Id, Assert.Single(told).Id);
        Assert.Equal(seeded.Event, Assert.Single(await _simulated.ToldAsync(Noon.AddDays(-4), Noon, told[0], 10, Go)).Id);
        Assert.Equal(new SimulatedDue(true, Noon, null, null, null), await _simulated.DueAsync(Go));
        Assert.Contains(await _simulated.StandingAsync(null, Go), step => step is { Journey: "j", StepId: "1", Active: 2, Ended: 0 });
        Assert.Contains(await _simulated.StandingAsync(Noon, Go), step => step is { Journey: "j", StepId: "1", Active: 2 });
        await _simulated.FreeRecordSlotsAsync(Go);
        var report = await copy.Work.CommitAsync(new Effects { Enrolments = [new Enrol(record with { Id = Some.Key() }, null), new Enrol(seeded.Walk with { Id = Some.Key() }, null)] }, Go);
        Assert.Single(report.RefusedEnrolments);
    }

    [SkippableFact]
    public async Task History_counts_what_was_asked_and_answered_how_soon_and_who_left()
    {
        var seeded = await SeedAsync();
        var history = await Store.Answers.ReadAsync(Noon.AddDays(-1), Noon.AddDays(1), Go);

        var survey = history.Surveys["nps"];
        Assert.Equal((1, 1), (survey.Asked, survey.Answered));
        Assert.Equal(1, survey.Scores[9]);
        Assert.Equal([TimeSpan.FromHours(2)], survey.After);
        Assert.Equal((1, 1), (history.Messages, history.Withdrawals));
        Assert.Empty((await Store.Answers.ReadAsync(Noon.AddDays(5), Noon.AddDays(6), Go)).Surveys);
        Assert.NotEqual(seeded.Ana, seeded.Ben);
    }

    private async Task<OpenStore> CopyAsync(IReadOnlyCollection<Guid>? customers)
    {
        var file = Path.Combine(_folder.FullName, "copy.db");
        await Store.Copies.CopyAsync(file, new CopyScope(Noon.AddYears(-1), customers), Go);
        (var copy, _simulated) = OpenCopy(file);
        return copy;
    }

    private async Task<Seeded> SeedAsync()
    {
        var people = await Store.Customers.UpsertAsync([Some.Draft("c-1", "Ana \u0000 Souza"), Some.Draft("c-2", "Ben")], Noon, Go);
        var (ana, ben) = (people[0].Id, people[1].Id);
        await Store.Content.PublishAsync([(ContentKind.Journey, "j", "one")], Noon, Go);
        await Store.Content.PublishAsync([(ContentKind.Journey, "j", "two")], Noon, Go);
        await Store.Marks.WriteAsync("campaign/j", "seen", Go);
        var fact = Some.Event() with { CustomerId = ana };
        await Store.Events.AppendAsync([fact], Go);
        var walk = Some.Enrolment(ana) with { Journey = "j", EntryKey = "once" };
        var message = Some.Delivery(walk) with { Journey = "j" };
        var invitation = Some.Invitation(walk) with { DeliveryId = message.Id };
        var suppressed = new ContactPoint(Channel.Email, "gone@example.com");
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new Enrol(walk, null)], Deliveries = [message], Invitations = [invitation], Suppressions = [new Suppression(suppressed, "bounced", Noon)],
                Consents = [new ConsentRecord(ana, Channel.Email, Purpose.Feedback, ConsentState.Withdrawn, "customer", "page", Noon)],
                SplitPeople = [new SplitPerson { CustomerId = ana, Journey = "j", Split = "s", Variant = "a", Version = 1, Bucket = 7, EnrolmentId = walk.Id, AssignedAt = Noon, WatchedUntil = Noon.AddDays(9) }],
            },
            Go);
        await Store.Ledger.ClaimDueAsync(By(), Noon, 10, Go);
        await Store.Ledger.HandOverAsync(By(), [new HandOver(message.Id, Channel.Email, "mail")], Noon, Go);
        await Store.Ledger.CompleteAsync(By(), [new DeliveryOutcome { Id = message.Id, State = DeliveryState.Accepted, Reason = "accepted", At = Noon }], Go);
        await Store.Surveys.RecordAsync(Some.Response(invitation) with { AnsweredAt = Noon.AddHours(2), ChangedAt = Noon.AddHours(2) }, Effects.None, Go);
        return new Seeded(ana, ben, walk, message, invitation, suppressed, fact.Id);
    }

    private sealed record Seeded(Guid Ana, Guid Ben, Enrolment Walk, Delivery Message, Invitation Invitation, ContactPoint Suppressed, Guid Event);
}
