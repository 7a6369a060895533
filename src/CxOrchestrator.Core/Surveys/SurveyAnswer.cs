using System.Text;

namespace CxOrchestrator.Core.Surveys;

/// <summary>An answer as it comes in.</summary>
/// <param name="Score">The score, or null where none was chosen.</param>
/// <param name="Comment">The comment, or empty.</param>
/// <param name="Language">The language of the page, BCP 47.</param>
public sealed record SurveyAnswer(int? Score, string Comment, string Language)
{
    /// <summary>Longest comment, in UTF-16 units as browsers count for <c>maxlength</c>, a line break being one.</summary>
    public const int LongestComment = 4_000;

    /// <summary>
    /// The same answer with one kind of line break, without control characters (no store and no helpdesk is glad of a NUL), and without white space
    /// at its ends.
    /// </summary>
    public SurveyAnswer Tidied()
    {
        var tidy = new StringBuilder(Comment.Length);
        foreach (var letter in Comment.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'))
        {
            if (!char.IsControl(letter) || letter is '\n' or '\t')
                tidy.Append(letter);
        }

        return this with { Comment = tidy.ToString().Trim() };
    }

    /// <summary>What keeps this (tidied) answer from being taken; all of it at once, empty where nothing does.</summary>
    public IReadOnlyList<AnswerFault> FaultsFor(Survey survey)
    {
        var faults = new List<AnswerFault>();
        var scored = survey.Scored;
        if (Score is null && scored.Required)
            faults.Add(AnswerFault.ScoreMissing);
        if (Score is { } score && (score < scored.Lowest || score > scored.Highest))
            faults.Add(AnswerFault.ScoreOutOfRange);
        if (Comment.Length == 0 && survey.Questions.Any(question => question is { Kind: QuestionKind.Comment, Required: true }))
            faults.Add(AnswerFault.CommentMissing);
        if (Comment.Length > LongestComment)
            faults.Add(AnswerFault.CommentTooLong);
        return faults;
    }
}

/// <summary>What can be wrong with an answer.</summary>
public enum AnswerFault
{
    /// <summary>The score is required and missing.</summary>
    ScoreMissing,

    /// <summary>The score isn't on the scale.</summary>
    ScoreOutOfRange,

    /// <summary>The comment is required and missing.</summary>
    CommentMissing,

    /// <summary>The comment is longer than <see cref="SurveyAnswer.LongestComment"/>.</summary>
    CommentTooLong,
}

/// <summary>What became of an answer.</summary>
public enum AnswerResult
{
    /// <summary>Recorded, for the first time or as a change.</summary>
    Recorded,

    /// <summary>The same answer stands already; nothing was recorded.</summary>
    Unchanged,

    /// <summary>Not taken: see the faults.</summary>
    Faulty,

    /// <summary>Not taken: see the state of the visit.</summary>
    NotOpen,
}

/// <summary>The outcome of an answer.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Visit">Where the link stands now.</param>
/// <param name="Faults">What is wrong with it.</param>
/// <param name="CaseRuleError">Why the survey's case rule could not be evaluated, for the operator; null where it could.</param>
public sealed record AnswerOutcome(
    AnswerResult Result, SurveyVisit Visit, IReadOnlyList<AnswerFault> Faults, string? CaseRuleError = null);
