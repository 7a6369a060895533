using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Core.Simulating;

/// <summary>How one survey is answered.</summary>
/// <param name="Answered">How many of those who get a message with its link answer it, 0 to 1.</param>
/// <param name="Scores">How often each score is given, in proportion; at least one where anybody answers.</param>
/// <param name="After">How long after the message answers come: quantiles at equal distances, in rising order, at least one.</param>
public sealed record SurveyRates(double Answered, IReadOnlyDictionary<int, double> Scores, IReadOnlyList<TimeSpan> After)
{
    private const int Quantiles = 21;
    private const double Assumed = 0.25;

    // Half within six hours, nearly all within three days: what is taken where nobody knows better.
    private static readonly TimeSpan[] AssumedAfter =
        [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(26), TimeSpan.FromDays(4)];

    /// <summary>Nobody answers.</summary>
    public static SurveyRates Silent { get; } = new(0, new Dictionary<int, double> { [0] = 1 }, [TimeSpan.Zero]);

    /// <summary>What is taken where neither history nor the user says anything: a quarter answers, each score as often as any other.</summary>
    public static SurveyRates AssumedFor(Survey survey) => new(Assumed, Even(survey.Scored), AssumedAfter);

    /// <summary>Each score of a question as often as any other.</summary>
    public static IReadOnlyDictionary<int, double> Even(Question scored) =>
        Enumerable.Range(scored.Lowest, scored.Highest - scored.Lowest + 1).ToDictionary(score => score, _ => 1.0);

    /// <summary>How long answers take where nobody says anything.</summary>
    public static IReadOnlyList<TimeSpan> UsualAfter => AssumedAfter;

    /// <summary>What history says; at least one was answered.</summary>
    public static SurveyRates Of(SurveyHistory history)
    {
        var sorted = history.After.Order().ToList();
        TimeSpan[] after = sorted.Count == 0
            ? AssumedAfter
            : [.. Enumerable.Range(0, Quantiles).Select(place => sorted[place * (sorted.Count - 1) / (Quantiles - 1)])];
        return new SurveyRates(
            Math.Min(1, (double)history.Answered / history.Asked), history.Scores.ToDictionary(pair => pair.Key, pair => (double)pair.Value), after);
    }

    /// <summary>The score at a share of all, 0 to 1.</summary>
    public int ScoreAt(double share)
    {
        var rest = share * Scores.Values.Sum();
        var last = 0;
        foreach (var (score, weight) in Scores.OrderBy(pair => pair.Key))
        {
            if (weight <= 0)
                continue;
            last = score;
            rest -= weight;
            if (rest < 0)
                break;
        }

        return last;
    }

    /// <summary>The delay at a share of all, 0 to 1, to the second.</summary>
    public TimeSpan AfterAt(double share)
    {
        var place = share * (After.Count - 1);
        var low = (int)place;
        var high = Math.Min(low + 1, After.Count - 1);
        var span = After[low] + ((After[high] - After[low]) * (place - low));
        return TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds));
    }
}
