namespace CxOrchestrator.Core.Surveys;

/// <summary>One customer's link to a survey.</summary>
public sealed record Invitation
{
    /// <summary>Our key; part of the link's token.</summary>
    public required Guid Id { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The survey's key.</summary>
    public required string Survey { get; init; }

    /// <summary>The survey's version, from 1.</summary>
    public required int SurveyVersion { get; init; }

    /// <summary>The enrolment that asked.</summary>
    public Guid? EnrolmentId { get; init; }

    /// <summary>The journey that asked.</summary>
    public string Journey { get; init; } = "";

    /// <summary>
    /// The delivery that first carried the link. A reminder in the same enrolment carries the same invitation.
    /// </summary>
    public Guid? DeliveryId { get; init; }

    /// <summary>Where in the company's dealings with the customer it belongs.</summary>
    public string Touchpoint { get; init; } = "";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it may be answered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The answers to one invitation.</summary>
public sealed record Response
{
    /// <summary>The invitation; one response each.</summary>
    public required Guid InvitationId { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The survey's key.</summary>
    public required string Survey { get; init; }

    /// <summary>The survey's version.</summary>
    public required int SurveyVersion { get; init; }

    /// <summary>The score of the survey's scored question, or null.</summary>
    public int? Score { get; init; }

    /// <summary>The comment, or empty.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The language of the page.</summary>
    public required string Language { get; init; }

    /// <summary>When it was first answered; changes are taken for an hour from then.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>1 for the first answer, raised with every change.</summary>
    public required int Revision { get; init; }
}

/// <summary>Keeps invitations and responses.</summary>
public interface ISurveyStore
{
    /// <summary>The invitation and its response, where there is one; null where there is no such invitation.</summary>
    Task<InvitationState?> FindAsync(Guid invitationId, CancellationToken cancellation);

    /// <summary>The invitation that an enrolment already has for a survey, or null.</summary>
    Task<Invitation?> FindAsync(Guid enrolmentId, string survey, CancellationToken cancellation);

    /// <summary>
    /// Stores a response with its effects in one transaction. False, and nothing is stored, where the stored revision is not one less than
    /// this one's: somebody else has answered meanwhile.
    /// </summary>
    Task<bool> RecordAsync(Response response, Effects effects, CancellationToken cancellation);

    /// <summary>Scores by survey and journey since a time, for figures.</summary>
    Task<IReadOnlyList<ScoreCount>> ScoresAsync(DateTimeOffset since, CancellationToken cancellation);
}

/// <summary>An invitation with what became of it.</summary>
public sealed record InvitationState(Invitation Invitation, Response? Response);

/// <summary>How often a score was given.</summary>
public sealed record ScoreCount(string Survey, string Journey, int Score, long Count);
