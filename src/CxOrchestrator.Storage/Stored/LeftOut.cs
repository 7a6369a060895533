using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Storage;

/// <summary>What goes with enrolments that were refused, or whose move was.</summary>
internal sealed class LeftOut(Effects effects, HashSet<Guid> enrolments)
{
    private readonly HashSet<Guid> _deliveries =
        [.. effects.Deliveries.Where(one => enrolments.Contains(one.EnrolmentId)).Select(one => one.Id)];

    private readonly HashSet<Guid> _invitations =
        [.. effects.Invitations.Where(one => one.EnrolmentId is { } id && enrolments.Contains(id)).Select(one => one.Id)];

    public bool Enrolment(Guid? id) => id is { } known && enrolments.Contains(known);

    public bool Invitation(Guid id) => _invitations.Contains(id);

    public bool Case(Case one) =>
        Enrolment(one.EnrolmentId) || (one.InvitationId is { } invitation && _invitations.Contains(invitation));

    public bool Event(CustomerEvent one) =>
        Enrolment(one.EnrolmentId) || (one.DeliveryId is { } delivery && _deliveries.Contains(delivery));
}
