using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Engine.Walking;

/// <summary>Looks up what steps must know: what this walk has just planned comes before what is stored.</summary>
internal sealed class WalkFacts(IEventStore events, ILedger ledger, ISurveyStore surveys)
{
    /// <summary>The invitation that the enrolment has for a survey, or null.</summary>
    public async Task<Invitation?> InvitationAsync(Walk walk, string survey, CancellationToken cancellation) =>
        walk.Effects.Invitations.Find(invitation => invitation.Survey == survey)
        ?? await ReadAsync(() => surveys.FindAsync(walk.Enrolment.Id, survey, cancellation));

    /// <summary>A delivery of this enrolment, or null.</summary>
    public async Task<Delivery?> DeliveryAsync(Walk walk, Guid id, CancellationToken cancellation) =>
        walk.Effects.Deliveries.Find(delivery => delivery.Id == id)
        ?? (await ReadAsync(() => ledger.GetAsync([id], cancellation))).GetValueOrDefault(id);

    /// <summary>
    /// The delivery that answers name: an answer is about the delivery that first carried the link, also where a reminder carried it again.
    /// </summary>
    public async Task<Guid> CarrierAsync(Walk walk, Delivery delivery, CancellationToken cancellation)
    {
        if (delivery.InvitationId is not { } id)
            return delivery.Id;
        var invitation = walk.Effects.Invitations.Find(one => one.Id == id)
            ?? (await ReadAsync(() => surveys.FindAsync(id, cancellation)))?.Invitation;
        return invitation?.DeliveryId ?? delivery.Id;
    }

    /// <summary>
    /// An event that has arrived already and that no step has taken: about the delivery, or about the customer since the enrolment's cause.
    /// </summary>
    public async Task<CustomerEvent?> ArrivedAsync(Walk walk, string type, Guid? deliveryId, CancellationToken cancellation)
    {
        var since = deliveryId is null ? Cause(walk) : (DateTimeOffset?)null;
        var found = await ReadAsync(() => events.FindAsync(walk.Person.Id, type, deliveryId, since, cancellation));
        return found is null || found.Id == walk.Enrolment.EventId || found.Id == walk.Context.Heard ? null : found;
    }

    /// <summary>Reads; what goes wrong is the store's own trouble.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception trouble)
        {
            throw new FactsUnreadableException(trouble);
        }
    }

    private static DateTimeOffset Cause(Walk walk) =>
        walk.Context.Event.TryGetProperty("time", out var time) && time.TryGetDateTimeOffset(out var at) && at < walk.Enrolment.StartedAt
            ? at
            : walk.Enrolment.StartedAt;
}
