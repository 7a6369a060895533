using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Core.Surveys;

/// <summary>
/// Takes answers to surveys. A link may be answered once before it expires; the answer may be changed for an hour from then on, also where the link
/// expires meanwhile. Each revision is stored in one transaction with its event, its write-backs and, where the survey's rule says so, its case.
/// </summary>
public sealed class SurveyDesk(
    ISurveyStore surveys, ICustomerStore customers, IPublishedContent content, CustomerLinks links, CoreSettings settings, Clocks clocks)
{
    /// <summary>How long an answer may be changed, counted from the first one, in customers' time.</summary>
    public static readonly TimeSpan ChangeableFor = TimeSpan.FromHours(1);

    // Each lost round means that another answer to the same link was stored: nobody sends so many at once.
    private const int Rounds = 20;

    private readonly AnswerEffects _effects = new(settings);

    /// <summary>What somebody finds who opens the link. Reads only.</summary>
    public async Task<SurveyVisit> OpenAsync(string token, CancellationToken cancellation)
    {
        if (links.OpenSurvey(token) is not { } invitationId || await surveys.FindAsync(invitationId, cancellation) is not { } found)
            return SurveyVisit.Nowhere;
        var invitation = found.Invitation;
        var known = await customers.GetAsync([invitation.CustomerId], cancellation);
        if (!known.TryGetValue(invitation.CustomerId, out var customer))
            return SurveyVisit.Nowhere;
        var survey = await content.SurveyAsync(invitation.Survey, invitation.SurveyVersion, cancellation)
            ?? throw new InvalidOperationException(
                $"Invitation {invitation.Id:N} asks survey {invitation.Survey}, version {invitation.SurveyVersion}, which was never published.");
        return new SurveyVisit(StateOf(found), new Asked(invitation, survey, customer), found.Response);
    }

    /// <summary>Takes an answer; the same one again changes nothing, so that a double press is safe.</summary>
    public async Task<AnswerOutcome> AnswerAsync(string token, SurveyAnswer answer, CancellationToken cancellation)
    {
        var tidied = answer.Tidied();
        for (var round = 0; round < Rounds; round++)
        {
            var visit = await OpenAsync(token, cancellation);
            if (visit is not { State: VisitState.Open or VisitState.Answered, Asked: { } asked })
                return new AnswerOutcome(AnswerResult.NotOpen, visit, []);
            if (tidied.FaultsFor(asked.Survey) is { Count: > 0 } faults)
                return new AnswerOutcome(AnswerResult.Faulty, visit, faults);
            if (visit.Response is { } stands && stands.Score == tidied.Score && stands.Comment == tidied.Comment)
                return new AnswerOutcome(AnswerResult.Unchanged, visit, []);

            var response = Next(asked.Invitation, visit.Response, tidied);
            var effects = _effects.Of(asked, response, visit.Response?.Score, out var caseRuleError);
            if (await surveys.RecordAsync(response, effects, cancellation))
                return new AnswerOutcome(AnswerResult.Recorded, new SurveyVisit(VisitState.Answered, asked, response), [], caseRuleError);
        }

        throw new InvalidOperationException($"The answer was overtaken by others {Rounds} times.");
    }

    private Response Next(Invitation invitation, Response? before, SurveyAnswer answer)
    {
        var now = clocks.Now;
        return new Response
        {
            InvitationId = invitation.Id,
            CustomerId = invitation.CustomerId,
            Survey = invitation.Survey,
            SurveyVersion = invitation.SurveyVersion,
            Score = answer.Score,
            Comment = answer.Comment,
            Language = answer.Language,
            AnsweredAt = before?.AnsweredAt ?? now,
            ChangedAt = now,
            Revision = (before?.Revision ?? 0) + 1,
        };
    }

    private VisitState StateOf(InvitationState found)
    {
        var now = clocks.Now;
        if (found.Response is { } response)
            return now < response.AnsweredAt + ChangeableFor ? VisitState.Answered : VisitState.Closed;
        return now < found.Invitation.ExpiresAt ? VisitState.Open : VisitState.Expired;
    }
}
