using System.Globalization;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;

namespace CxOrchestrator.Core.Simulating;

/// <summary>
/// Reads the rates that a user gives: <c>withdraws: 0.5%</c> and, by survey, <c>nps: { answered: 30%, scores: { 10: 4, 6: 1 }, after: [ 5 minutes, 3d ] }</c>.
/// </summary>
public static class AnswerRatesFile
{
    private static readonly Shape Whole = new(
        "rates", "How customers answer.",
        new("withdraws", "How many of those who get a message withdraw their consent for it. Default: 0%.", ValueSchemas.Text),
        new("surveys", "How surveys are answered, by their names.", ValueSchemas.Text));

    private static readonly Shape OfSurvey = new(
        "survey rates", "How a survey is answered.",
        new("answered", "How many of those who get a message with its link answer it, for example 30%.", ValueSchemas.Text, true),
        new("scores", "How often each score is given, in proportion. Default: each as often as any other.", ValueSchemas.Text),
        new("after", "How long after the message answers come: from the first over the middle to the last. Default: from 5 minutes over 6 hours to 4 days.", ValueSchemas.Text));

    /// <summary>The rates, or null with all that is wrong.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for faults.</param>
    public static (AnswerRates? Rates, IReadOnlyList<Fault> Faults) Read(string text, string file)
    {
        var faults = new Faults(file);
        var values = new ValueReader(faults);
        if (YamlText.Parse(text, faults) is not { } root || MapReader.Open(root, Whole, faults) is not { } map)
            return (null, faults.All);
        var withdraws = map["withdraws"] is { } share ? Share(values, share) : 0;
        var surveys = new Dictionary<string, SurveyRates>(StringComparer.Ordinal);
        if (map["surveys"] is YamlMap named)
        {
            foreach (var (key, value) in named.Entries)
            {
                if (MapReader.Open(value, OfSurvey, faults) is { } own && Read(own, values) is { } rates)
                    surveys[key.Value] = rates;
            }
        }
        else if (map["surveys"] is { } other)
        {
            faults.Add(other, $"Here stands {MapReader.Kind(other)}, where surveys by name belong.");
        }

        return faults.Any ? (null, faults.All) : (new AnswerRates(surveys, withdraws ?? 0), faults.All);
    }

    /// <summary>A share as people write it, such as <c>2.5%</c>, from 0 to 1; null where it is none.</summary>
    public static double? Share(string text) =>
        text.EndsWith('%') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100
            ? percent / 100
            : null;

    private static SurveyRates? Read(MapReader map, ValueReader values)
    {
        var answered = Share(values, map["answered"]);
        var scores = map["scores"] is { } given ? Scores(given, values) : new Dictionary<int, double>();
        List<TimeSpan> after = [.. map["after"] is { } times ? values.Items(times, "time").Select(item => values.Duration(item)).OfType<Duration>().Select(Plain) : SurveyRates.UsualAfter];
        if (map["after"] is { } list && !after.SequenceEqual(after.Order()))
            values.Faults.Add(list, "The times fall: write them in rising order.");
        return answered is { } share && after.Count > 0 ? new SurveyRates(share, scores, after) : null;
    }

    private static Dictionary<int, double> Scores(YamlNode node, ValueReader values)
    {
        var scores = new Dictionary<int, double>();
        if (node is not YamlMap { Entries.Count: > 0 } map)
        {
            values.Faults.Add(node, $"Here stands {MapReader.Kind(node)}, where scores with their proportions belong, such as {{ 10: 4, 6: 1 }}.");
            return scores;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (values.Number(key, 0, 10) is { } score && values.Number(value, 0, 1_000_000) is { } weight)
                scores[score] = weight;
        }

        if (scores.Values.Sum() <= 0)
            values.Faults.Add(node, "No score is ever given: write a number above 0 for at least one.");
        return scores;
    }

    private static double? Share(ValueReader values, YamlNode? node)
    {
        if (values.Text(node) is not { } text)
            return null;
        if (Share(text) is { } share)
            return share;
        values.Faults.Add(node!, $"'{text}' is no share: write 0% to 100%, such as 2.5%.");
        return null;
    }

    // Days of 24 hours: nobody's zone is known here.
    private static TimeSpan Plain(Duration duration) => TimeSpan.FromDays(duration.Days + duration.BusinessDays) + duration.BusinessTime + duration.Clock;
}
