using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Conformance.Doctor;

/// <summary>What <see cref="ISymptomStore"/> promises.</summary>
public abstract class SymptomStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task A_store_without_work_has_no_symptoms() => Assert.Empty(await ReadAsync());

    [SkippableFact]
    public async Task Work_that_is_due_for_long_is_counted_with_the_oldest_and_what_is_due_later_is_not()
    {
        await Store.Events.AppendAsync([Some.Event(), Some.Event() with { ReceivedAt = Noon.AddMinutes(-9) }, Some.Event() with { ReceivedAt = Noon.AddMinutes(1) }], Go);
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [.. new[] { -8, 1 }.Select(minute => new Enrol(Some.Enrolment() with { DueAt = Noon.AddMinutes(minute) }, null))],
                Deliveries = [.. new[] { -7, 1 }.Select(minute => Some.Delivery() with { DueAt = Noon.AddMinutes(minute) })],
                Cases = [Some.Case() with { OpenedAt = Noon.AddMinutes(-6) }],
                WriteBacks = [.. new[] { -5, 1 }.Select(minute => Some.WriteBack() with { DueAt = Noon.AddMinutes(minute) })],
                Errands = [Errand.Person("crm", "1", Noon.AddMinutes(-4)), Errand.Person("crm", "2", Noon.AddMinutes(1))],
            },
            Go);

        Assert.Equal(
            [
                new Symptom(Ailment.EventsNotProcessed, 2, Noon.AddMinutes(-9)), new Symptom(Ailment.WalksNotStarted, 1, Noon.AddMinutes(-8)),
                new Symptom(Ailment.MessagesNotStarted, 1, Noon.AddMinutes(-7)), new Symptom(Ailment.CasesNotStarted, 1, Noon.AddMinutes(-6)),
                new Symptom(Ailment.WriteBacksNotStarted, 1, Noon.AddMinutes(-5)), new Symptom(Ailment.ErrandsNotStarted, 1, Noon.AddMinutes(-4)),
            ],
            await ReadAsync());
    }

    [SkippableFact]
    public async Task Leases_that_ended_are_counted_over_all_kinds_of_work()
    {
        await Store.Events.AppendAsync([Some.Event()], Go);
        await Store.Work.CommitAsync(new Effects { Deliveries = [Some.Delivery()], WriteBacks = [Some.WriteBack()] }, Go);
        await Store.Events.ClaimAsync(By(), 10, Go);
        await Store.Ledger.ClaimDueAsync(By(seconds: 30), Noon, 10, Go);
        await Store.WriteBacks.ClaimDueAsync(By(seconds: 90), Noon, 10, Go);

        Assert.Equal([new Symptom(Ailment.LeasesLeft, 2, MachineNoon.AddSeconds(60))], await Store.Symptoms.ReadAsync(Noon, MachineNoon.AddSeconds(100), Go));
    }

    [SkippableFact]
    public async Task What_ended_badly_is_counted_with_the_oldest()
    {
        await Store.Work.CommitAsync(
            new Effects
            {
                Enrolments = [new Enrol(Some.Enrolment() with { State = EnrolmentState.Failed, DueAt = null, EndedAt = Noon.AddHours(-1) }, null)],
                Deliveries = [Some.Delivery() with { State = DeliveryState.Unknown, ChangedAt = Noon.AddHours(-2) }, Some.Delivery() with { State = DeliveryState.Accepted }],
                Cases = [Some.Case() with { State = CaseState.Refused, ChangedAt = Noon.AddHours(-3) }],
                WriteBacks = [Some.WriteBack() with { State = WriteBackState.Dead, At = Noon.AddHours(-4) }, Some.WriteBack() with { State = WriteBackState.Discarded }],
                Errands = [Errand.Person("crm", "1", Noon.AddHours(-5))],
            },
            Go);
        var errand = Assert.Single(await Store.Errands.ClaimDueAsync(By(), Noon, 10, Go));
        await Store.Errands.CompleteAsync(By(), errand with { State = ErrandState.Dead, DueAt = null }, Go);

        Assert.Equal(
            [
                new Symptom(Ailment.MessagesUnknown, 1, Noon.AddHours(-2)), new Symptom(Ailment.WalksFailed, 1, Noon.AddHours(-1)),
                new Symptom(Ailment.WriteBacksDead, 1, Noon.AddHours(-4)), new Symptom(Ailment.ErrandsDead, 1, Noon.AddHours(-5)),
                new Symptom(Ailment.CasesRefused, 1, Noon.AddHours(-3)),
            ],
            await ReadAsync());
    }

    [SkippableFact]
    public async Task Types_that_were_not_received_since_a_time_are_named()
    {
        await Store.Events.AppendAsync([Some.Event() with { Type = "seen" }, Some.Event() with { Id = Ids.New(Noon.AddDays(-40)), Type = "long.ago" }], Go);

        Assert.Equal(["long.ago", "never"], await Store.Symptoms.NotSeenAsync(["seen", "long.ago", "never"], Noon.AddDays(-30), Go));
    }

    [SkippableFact]
    public async Task The_database_has_a_clock_that_goes_forward()
    {
        var first = await Store.Symptoms.ClockAsync(Go);

        Assert.True(first > new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.True(await Store.Symptoms.ClockAsync(Go) >= first);
    }

    private Task<IReadOnlyList<Symptom>> ReadAsync() => Store.Symptoms.ReadAsync(Noon, MachineNoon, Go);
}
