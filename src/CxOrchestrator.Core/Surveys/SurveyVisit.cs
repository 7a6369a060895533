using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Surveys;

/// <summary>Where a survey link stands when somebody opens it.</summary>
public enum VisitState
{
    /// <summary>The link is not one of ours, or its invitation is gone.</summary>
    Unknown,

    /// <summary>It may be answered.</summary>
    Open,

    /// <summary>It is answered, and the answer may still be changed.</summary>
    Answered,

    /// <summary>It is answered, and the answer may no longer be changed.</summary>
    Closed,

    /// <summary>It was not answered in time.</summary>
    Expired,
}

/// <summary>What somebody finds who opens a survey link.</summary>
/// <param name="State">Where the link stands.</param>
/// <param name="Asked">Who was asked what; null where <see cref="VisitState.Unknown"/>.</param>
/// <param name="Response">The answer so far, or null.</param>
public sealed record SurveyVisit(VisitState State, Asked? Asked, Response? Response)
{
    /// <summary>A link that leads nowhere.</summary>
    public static SurveyVisit Nowhere { get; } = new(VisitState.Unknown, null, null);

    /// <summary>Until when the answer may be changed, or null where there is none.</summary>
    public DateTimeOffset? ChangeableUntil => Response is null ? null : Response.AnsweredAt + SurveyDesk.ChangeableFor;
}

/// <summary>Who was asked what.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Survey">The survey in the version of the invitation.</param>
/// <param name="Customer">The customer.</param>
public sealed record Asked(Invitation Invitation, Survey Survey, Customer Customer);
