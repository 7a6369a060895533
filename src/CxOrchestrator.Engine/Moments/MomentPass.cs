using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Moments;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Moments;

/// <summary>
/// Tells when dates and silences of customers have come, on one node at a time. Everybody is planned once, a page at a time, when a journey is published;
/// after that only customers who changed, silences that were broken (<see cref="SilenceWatch"/>) and moments that are due are looked at. What a page came
/// to is one commit; a page that comes again tells nothing twice.
/// </summary>
internal sealed class MomentPass(
    IPublishedContent content, IMomentStore store, ICustomerStore customers, MomentPlans plans, MomentRule rule, Turns turns, Clocks clocks, EngineOptions options,
    Nudges nudges, ILogger<MomentPass> log) : IPass
{
    /// <inheritdoc/>
    public Work Work => Work.Moments;

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await content.RefreshAsync(stop);
        var triggers = plans.Triggers();
        var look = await store.LookAsync(stop);
        var now = clocks.Now;
        var fit = MomentPlans.Fit(look.Plans, triggers);
        if (fit && look.Plans.All(plan => plan.Done) && !look.Changes && !(look.NextDue <= now))
            return 0;
        await using var turn = await turns.TakeAsync("moments", TimeSpan.Zero, stop);
        if (turn is null)
            return 0;
        var forward = 0;
        // Another node may have gone on since the look.
        look = await store.LookAsync(stop);
        if (!fit && (forward = await plans.KeepAsync(look.Plans, triggers)) > 0)
            look = await store.LookAsync(stop);
        var inForce = look.Plans.Where(plan => triggers.ContainsKey(plan.Journey)).ToDictionary(plan => plan.Journey, StringComparer.Ordinal);
        forward += await PlanAsync(inForce, triggers, now);
        forward += await ChangesAsync(inForce, triggers, now);
        forward += await DueAsync(inForce, triggers, now);
        if (forward > 0)
            nudges.Nudge(Work.Events);
        return forward;
    }

    private async Task<int> PlanAsync(Dictionary<string, MomentPlan> inForce, IReadOnlyDictionary<string, EventTrigger> triggers, DateTimeOffset now)
    {
        if (inForce.Values.FirstOrDefault(plan => !plan.Done) is not { } plan)
            return 0;
        var page = await customers.PageAsync(plan.Cursor, options.MomentPage, CustomerParts.Attributes, CancellationToken.None);
        var work = new MomentDraft();
        await LookAsync(plan, triggers[plan.Journey], page, work, now);
        var after = plan with { Cursor = page.Count > 0 ? page[^1].Id : plan.Cursor, Done = page.Count < options.MomentPage };
        await store.CommitAsync(work.ToWork() with { Plan = after }, CancellationToken.None);
        if (after.Done)
            log.LogInformation("Journey {Journey}: everybody is planned for {Rule}.", plan.Journey, plan.Rule);
        return Math.Max(1, page.Count);
    }

    private async Task<int> ChangesAsync(Dictionary<string, MomentPlan> inForce, IReadOnlyDictionary<string, EventTrigger> triggers, DateTimeOffset now)
    {
        var changes = await store.ChangesAsync(options.MomentPage, CancellationToken.None);
        if (changes.Count == 0)
            return 0;
        var changed = await customers.GetAsync([.. changes.Select(change => change.CustomerId).Distinct()], CustomerParts.Attributes, CancellationToken.None);
        var work = new MomentDraft();
        foreach (var plan in inForce.Values)
        {
            // A silence is counted from events, and for those who never had one from when they became known.
            if (triggers[plan.Journey] is DateTrigger or SilenceTrigger { SinceKnown: true })
                await LookAsync(plan, triggers[plan.Journey], [.. changed.Values], work, now);
        }

        await store.CommitAsync(work.ToWork() with { Taken = [.. changes.Select(change => change.Number)] }, CancellationToken.None);
        return changes.Count;
    }

    private async Task<int> DueAsync(Dictionary<string, MomentPlan> inForce, IReadOnlyDictionary<string, EventTrigger> triggers, DateTimeOffset now)
    {
        var due = await store.DueAsync(now, options.MomentPage, CancellationToken.None);
        if (due.Count == 0)
            return 0;
        var people = await customers.GetAsync([.. due.Select(moment => moment.CustomerId).Distinct()], CustomerParts.Attributes, CancellationToken.None);
        var work = new MomentDraft();
        foreach (var moments in due.GroupBy(moment => moment.Journey, StringComparer.Ordinal))
        {
            var plan = inForce.GetValueOrDefault(moments.Key);
            var trigger = plan is null ? null : triggers[moments.Key];
            var heard = await HeardAsync(trigger, [.. moments.Select(moment => moment.CustomerId)]);
            foreach (var moment in moments)
            {
                var looked = plan is not null && people.TryGetValue(moment.CustomerId, out var customer)
                    ? Look(plan, trigger!, customer, Later(heard.GetValueOrDefault(moment.CustomerId), moment.Since), true, now)
                    : MomentLooked.Never;
                work.Told(looked.Told);
                work.Moves.Add(new MomentMove(moment.Journey, moment.CustomerId, looked.Next, looked.Since, moment.DueAt));
            }
        }

        await store.CommitAsync(work.ToWork(), CancellationToken.None);
        return due.Count;
    }

    private async Task LookAsync(MomentPlan plan, EventTrigger trigger, IReadOnlyList<Customer> people, MomentDraft work, DateTimeOffset now)
    {
        var heard = await HeardAsync(trigger, [.. people.Select(one => one.Id)]);
        foreach (var customer in people)
        {
            var looked = Look(plan, trigger, customer, heard.GetValueOrDefault(customer.Id), false, now);
            work.Told(looked.Told);
            // A silence may have been broken since it was looked at: what stands for it is looked at when it is due.
            if (looked.Next is not null || trigger is DateTrigger)
                work.Moves.Add(new MomentMove(plan.Journey, customer.Id, looked.Next, looked.Since));
        }
    }

    // One customer's trouble is not another's, and it would come again for ever.
    private MomentLooked Look(MomentPlan plan, EventTrigger trigger, Customer customer, DateTimeOffset? heard, bool wasDue, DateTimeOffset now)
    {
        try
        {
            return rule.Look(plan, trigger, customer, heard, wasDue, now);
        }
        catch (Exception error)
        {
            log.LogError(error, "Journey {Journey}: whether it begins for {Customer} could not be decided ({Rule}).", plan.Journey, customer.Id, plan.Rule);
            return MomentLooked.Never;
        }
    }

    private async Task<Dictionary<Guid, DateTimeOffset?>> HeardAsync(EventTrigger? trigger, IReadOnlyCollection<Guid> people) => trigger is SilenceTrigger silence
        ? (await store.LastHeardAsync(people, silence.Of, CancellationToken.None)).ToDictionary(one => one.Key, one => (DateTimeOffset?)one.Value)
        : [];

    // The event may have been dropped since, because it was old.
    private static DateTimeOffset? Later(DateTimeOffset? heard, DateTimeOffset? since) => heard is null || since > heard ? since : heard;

    private sealed class MomentDraft
    {
        private readonly List<CustomerEvent> _told = [];

        public List<MomentMove> Moves { get; } = [];

        public void Told(CustomerEvent? told)
        {
            if (told is not null)
                _told.Add(told);
        }

        public MomentWork ToWork() => new() { Events = _told, Moves = Moves };
    }
}
