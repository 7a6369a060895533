using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Walking;

/// <summary>Plans a message. Whether it may go, and by which channel, is decided when it is handed over.</summary>
internal sealed class SendRun(WalkFacts facts, IPublishedContent content, CustomerTime time, CoreSettings settings)
{
    public async Task<StepOutcome> RunAsync(Walk walk, SendStep step, CancellationToken cancellation)
    {
        var id = Ids.New(walk.Now);
        Invitation? invitation = null;
        if (step.Survey is { } key)
        {
            if (content.Survey(key) is not { } survey)
                return StepOutcome.Fails(step.Id, $"the survey {key} is not published");
            invitation = await facts.InvitationAsync(walk, key, cancellation) ?? Invite(walk, survey, id);
        }

        var purpose = step.Purpose ?? walk.Journey.Purpose;
        walk.Effects.Deliveries.Add(new Delivery
        {
            Id = id,
            CustomerId = walk.Person.Id,
            EnrolmentId = walk.Enrolment.Id,
            StepId = step.Id,
            Occurrence = walk.Visit(step),
            Journey = walk.Journey.Key,
            Message = step.Message,
            Purpose = purpose,
            Lane = walk.Enrolment.Lane == Lane.Bulk ? Lane.Bulk : purpose == Purpose.Service ? Lane.Service : Lane.Personal,
            Touchpoint = walk.Journey.Touchpoint,
            Via = step.Via,
            SendIn = step.SendIn,
            Priority = walk.Journey.Priority,
            InvitationId = invitation?.Id,
            DueAt = walk.Now,
            ExpiresAt = (step.ExpiresAfter ?? settings.Sending.ExpiresAfter) is { } after ? time.Add(after, walk.Now, walk.Person) : null,
            PlannedAt = walk.Now,
            ChangedAt = walk.Now,
            Reason = "planned",
        });
        walk.Remember(step, id);
        return new StepOutcome.Go(step.Next) { Did = $"planned {step.Message} ({string.Join(", then ", step.Via.Select(HandOverWords.Name))}{(step.SendIn is { } hours ? $"; in business hours of {hours}" : "")})" };
    }

    private Invitation Invite(Walk walk, Survey survey, Guid deliveryId)
    {
        var invitation = new Invitation
        {
            Id = Ids.New(walk.Now),
            CustomerId = walk.Person.Id,
            Survey = survey.Key,
            SurveyVersion = survey.Version,
            EnrolmentId = walk.Enrolment.Id,
            Journey = walk.Journey.Key,
            DeliveryId = deliveryId,
            Touchpoint = walk.Journey.Touchpoint,
            CreatedAt = walk.Now,
            ExpiresAt = time.Add(survey.Expires, walk.Now, walk.Person),
        };
        walk.Effects.Invitations.Add(invitation);
        return invitation;
    }
}
