using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Core.Simulating;

/// <summary>How simulated customers answer.</summary>
/// <param name="Surveys">By the survey's key; where one isn't here, <see cref="SurveyRates.AssumedFor"/> holds.</param>
/// <param name="Withdraws">How many of those who get a message of feedback or marketing withdraw their consent for it, 0 to 1.</param>
public sealed record AnswerRates(IReadOnlyDictionary<string, SurveyRates> Surveys, double Withdraws)
{
    /// <summary>History of fewer messages than this says nothing about a rate.</summary>
    public const int EnoughHistory = 50;

    /// <summary>Nobody answers, and nobody leaves.</summary>
    public static AnswerRates Nobody { get; } = new(new Dictionary<string, SurveyRates>(), 0) { AssumesNothing = true };

    /// <summary>True where a survey that has no rates is answered by nobody.</summary>
    public bool AssumesNothing { get; init; }

    /// <summary>The rates of a survey.</summary>
    public SurveyRates Of(Survey survey)
    {
        if (Surveys.GetValueOrDefault(survey.Key) is not { } own)
            return AssumesNothing ? SurveyRates.Silent : SurveyRates.AssumedFor(survey);
        // Scores that the survey doesn't take are not given.
        var scored = survey.Scored;
        var fitting = own.Scores.Where(pair => pair.Key >= scored.Lowest && pair.Key <= scored.Highest && pair.Value > 0).ToDictionary();
        return own with { Scores = fitting.Count > 0 ? fitting : SurveyRates.Even(scored) };
    }

    /// <summary>What history says; a survey with too little of it is left out.</summary>
    public static AnswerRates Of(AnswerHistory history)
    {
        var surveys = history.Surveys.Where(pair => pair.Value.Asked >= EnoughHistory && pair.Value.Answered > 0)
            .ToDictionary(pair => pair.Key, pair => SurveyRates.Of(pair.Value), StringComparer.Ordinal);
        return new AnswerRates(surveys, history.Messages < EnoughHistory ? 0 : Math.Min(1, (double)history.Withdrawals / history.Messages));
    }

    /// <summary>These, with others in the place of those of the same survey.</summary>
    public AnswerRates With(AnswerRates others)
    {
        var all = new Dictionary<string, SurveyRates>(Surveys, StringComparer.Ordinal);
        foreach (var (survey, rates) in others.Surveys)
            all[survey] = rates;
        return this with { Surveys = all, Withdraws = others.Withdraws };
    }
}
