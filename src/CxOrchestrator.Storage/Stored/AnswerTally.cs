using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Storage;

/// <summary>Counts answers as their rows come: survey, when its message was accepted, when it was answered, the score.</summary>
internal sealed class AnswerTally
{
    /// <summary>Invitations that are looked at, the newest: enough for any rate.</summary>
    public const int Most = 200_000;

    private const int MostDelays = 5_000;

    private readonly Dictionary<string, (long Asked, Dictionary<int, long> Scores, List<TimeSpan> After)> _surveys = new(StringComparer.Ordinal);

    /// <summary>Takes a row.</summary>
    public bool Take(IStoredRow row)
    {
        var survey = row.Text(0);
        if (!_surveys.TryGetValue(survey, out var own))
            own = (0, [], []);
        _surveys[survey] = own with { Asked = own.Asked + 1 };
        if (row.IsNull(2) || row.IsNull(3))
            return true;
        own.Scores[row.Int(3)] = own.Scores.GetValueOrDefault(row.Int(3)) + 1;
        if (own.After.Count < MostDelays && row.Time(2) > row.Time(1))
            own.After.Add(row.Time(2) - row.Time(1));
        return true;
    }

    /// <summary>What was counted.</summary>
    public AnswerHistory ToHistory(long messages, long withdrawals) => new(
        _surveys.ToDictionary(pair => pair.Key, pair => new SurveyHistory(pair.Value.Asked, pair.Value.Scores, pair.Value.After), StringComparer.Ordinal),
        messages, withdrawals);
}
