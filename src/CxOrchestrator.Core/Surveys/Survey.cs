using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Surveys;

/// <summary>What a question asks for.</summary>
public enum QuestionKind
{
    /// <summary>Net Promoter Score: 0 to 10.</summary>
    Nps,

    /// <summary>Customer satisfaction: 1 to 5.</summary>
    Csat,

    /// <summary>Customer effort: 1 to 7.</summary>
    Ces,

    /// <summary>Free text.</summary>
    Comment,
}

/// <summary>A survey, checked.</summary>
public sealed record Survey
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>The published version; 0 where it isn't published.</summary>
    public int Version { get; init; }

    /// <summary>The language for customers whose own isn't there.</summary>
    public required string DefaultLanguage { get; init; }

    /// <summary>How long an invitation may be answered.</summary>
    public required Duration Expires { get; init; }

    /// <summary>The questions in order; exactly one of them is scored (NPS, CSAT or CES), at most one asks for a comment.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    /// <summary>Words of the page by language tag.</summary>
    public required IReadOnlyDictionary<string, SurveyWords> Words { get; init; }

    /// <summary>The answer that opens a case, or null.</summary>
    public SurveyCase? Case { get; init; }

    /// <summary>The names of the calendars that it counts in beside the company's.</summary>
    public IReadOnlyCollection<string> Calendars { get; init; } = [];

    /// <summary>The scored question.</summary>
    public Question Scored => Questions.First(question => question.Kind != QuestionKind.Comment);
}

/// <summary>A question.</summary>
/// <param name="Id">Its id in the survey.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Required">Whether it must be answered.</param>
/// <param name="Text">Its words by language tag.</param>
/// <param name="Low">Words at the low end of the scale, by language tag.</param>
/// <param name="High">Words at the high end of the scale, by language tag.</param>
public sealed record Question(
    string Id, QuestionKind Kind, bool Required, IReadOnlyDictionary<string, string> Text,
    IReadOnlyDictionary<string, string> Low, IReadOnlyDictionary<string, string> High)
{
    /// <summary>The scale's lowest score; 0 for a comment.</summary>
    public int Lowest => Kind is QuestionKind.Csat or QuestionKind.Ces ? 1 : 0;

    /// <summary>The scale's highest score; 0 for a comment.</summary>
    public int Highest => Kind switch { QuestionKind.Nps => 10, QuestionKind.Csat => 5, QuestionKind.Ces => 7, _ => 0 };
}

/// <summary>Words of a survey page in one language.</summary>
public sealed record SurveyWords(string Title, string Send, string Thanks);

/// <summary>
/// The rule by which an answer opens a case, whenever it comes: late, changed, or after the journey has ended.
/// </summary>
/// <param name="When">Sees <c>answer</c> and <c>customer</c>.</param>
/// <param name="Kind">The case's kind.</param>
/// <param name="Owner">Who is to put it right; null takes the setting.</param>
/// <param name="Due">By when.</param>
public sealed record SurveyCase(Condition When, string Kind, string? Owner, Timing Due);
