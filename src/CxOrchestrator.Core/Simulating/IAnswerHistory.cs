namespace CxOrchestrator.Core.Simulating;

/// <summary>Reads how customers have answered so far.</summary>
public interface IAnswerHistory
{
    /// <summary>What became of invitations that were sent within a time, by survey, and how many customers left.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The last: what was sent a moment ago has had no time to be answered.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<AnswerHistory> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation);
}

/// <summary>How customers have answered.</summary>
/// <param name="Surveys">By the survey's key.</param>
/// <param name="Messages">Messages of feedback and marketing that were accepted.</param>
/// <param name="Withdrawals">How often customers withdrew consent themselves.</param>
public sealed record AnswerHistory(IReadOnlyDictionary<string, SurveyHistory> Surveys, long Messages, long Withdrawals);

/// <summary>How one survey was answered.</summary>
/// <param name="Asked">Invitations that were accepted by a service.</param>
/// <param name="Scores">How often each score was given.</param>
/// <param name="After">How long after the message each answer came, in no order; a sample where there are very many.</param>
public sealed record SurveyHistory(long Asked, IReadOnlyDictionary<int, long> Scores, IReadOnlyList<TimeSpan> After)
{
    /// <summary>Invitations that were answered with a score.</summary>
    public long Answered => Scores.Values.Sum();
}
