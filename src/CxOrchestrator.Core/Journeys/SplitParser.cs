using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Experiments;

namespace CxOrchestrator.Core.Journeys;

/// <summary>A split as it was read, before its steps are.</summary>
internal sealed record SplitDraft(IReadOnlyList<VariantDraft> Variants, int HoldOut, Duration Watch, WinnerRule? Winner);

/// <summary>A variant as it was read.</summary>
internal sealed record VariantDraft(string Name, int Weight, YamlNode? Steps);

/// <summary>Reads split steps, but for the steps in them, and checks what they stand on in the rest of the journey.</summary>
internal sealed class SplitParser(JourneyValues values)
{
    /// <summary>The least that a minimum sample may be.</summary>
    public const int LeastSample = 100;

    private const int MostVariants = 20;
    private const int MostWeight = 10_000;
    private const int MostSample = 10_000_000;

    private readonly List<(YamlNode Node, SplitMetric Metric)> _metrics = [];

    /// <summary>The split; faults are left where it can't be read.</summary>
    public SplitDraft Parse(MapReader step)
    {
        var holdOut = step["holdOut"] is { } held ? Percent(held, 0.01, 90) ?? 0 : 0;
        var watch = values.Duration(step["watch"]) ?? Duration.OfDays(30);
        if (watch == Duration.Zero)
            values.Faults.Add(step["watch"]!, "Nothing can be counted in no time. Write for example 30d.");
        var variants = Variants(step["variants"]);
        var buckets = (int)Math.Round(holdOut * 100);
        if (step["variants"] is YamlList { Items.Count: 1 } && buckets == 0)
            values.Faults.Add(step["variants"]!, "One variant is no split. Add another, or hold some people out (holdOut: 10%).");
        var winner = step["winner"] is { } rule ? Winner(rule, variants.Count) : null;
        CheckShares(step, variants, buckets);
        return new SplitDraft(variants, buckets, watch, winner);
    }

    /// <summary>Tells of metrics that nothing in the journey can ever count.</summary>
    public void CheckMetrics(bool hasGoal, IReadOnlyList<Step> steps)
    {
        foreach (var (node, metric) in _metrics)
        {
            if (metric == SplitMetric.Goal && !hasGoal)
                values.Faults.Add(node, "The journey has no goal, so that nobody reaches it. Give the journey a 'goal', or take another metric.");
            else if (metric is SplitMetric.Answered or SplitMetric.Promoters or SplitMetric.Score && !steps.OfType<SendStep>().Any(send => send.Survey is not null))
                values.Faults.Add(node, "No step of the journey asks a survey, so that nobody answers one. Give a send step 'survey: ...', or take another metric.");
        }
    }

    private List<VariantDraft> Variants(YamlNode? list)
    {
        var variants = new List<VariantDraft>();
        if (list is null)
            return variants;
        foreach (var item in values.Items(list, "variant"))
        {
            if (MapReader.Open(item, SplitShapes.Variant, values.Faults) is not { } variant)
                continue;
            var name = values.Name(variant["variant"]);
            var weight = variant["weight"] is { } node ? values.Number(node, 1, MostWeight) : 1;
            if (name == SplitStep.HeldOut)
                values.Faults.Add(variant["variant"]!, $"'{SplitStep.HeldOut}' is what those are called who are held out. Take another name.");
            else if (name is not null && variants.Exists(one => one.Name == name))
                values.Faults.Add(variant["variant"]!, $"The variant '{name}' stands here twice. Take another name.");
            else if (name is not null && weight is { } known)
                variants.Add(new VariantDraft(name, known, variant["steps"]));
        }

        if (variants.Count > MostVariants)
            values.Faults.Add(list, $"Here stand {variants.Count} variants; {MostVariants} are allowed.");
        return variants;
    }

    private WinnerRule? Winner(YamlNode node, int variants)
    {
        if (MapReader.Open(node, SplitShapes.Winner, values.Faults) is not { } rule)
            return null;
        var metric = Index(rule["metric"], SplitShapes.Metrics);
        var sample = rule["minimumSample"] is { } least ? values.Number(least, LeastSample, MostSample) : null;
        var confidence = rule["confidence"] is { } given ? Percent(given, 80, 99.9) : 95;
        var then = rule["then"] is { } word ? Index(word, SplitShapes.Thens) : 0;
        if (variants == 1)
            values.Faults.Add(node, "One variant can't win. Add another, or remove 'winner': those held out are compared in the results.");
        if (metric is { } known)
            _metrics.Add((rule["metric"]!, (SplitMetric)known));
        return metric is null || sample is null || confidence is null || then is null
            ? null
            : new WinnerRule((SplitMetric)metric, sample.Value, confidence.Value / 100, (WinnerThen)then);
    }

    private void CheckShares(MapReader step, List<VariantDraft> variants, int holdOut)
    {
        if (variants.Count == 0)
            return;
        var quotas = SplitShares.Quotas([.. variants.Select(variant => variant.Weight)], SplitBuckets.Count - holdOut);
        if (Array.IndexOf(quotas, 0) is >= 0 and var none)
            values.Faults.Add(step["variants"]!, $"The variant '{variants[none].Name}' has less than one in {SplitBuckets.Count} people. Give it more weight.");
    }

    private int? Index(YamlNode? node, IReadOnlyList<string> words)
    {
        if (values.Text(node) is not { } text)
            return null;
        for (var index = 0; index < words.Count; index++)
        {
            if (words[index] == text)
                return index;
        }

        values.Faults.Add(node!, $"'{text}' is unknown here.{Nearest.Hint(text, words)} Write {string.Join(" or ", words)}.");
        return null;
    }

    private double? Percent(YamlNode node, double least, double most)
    {
        if (values.Text(node) is not { } text)
            return null;
        if (Regex.IsMatch(text, SplitShapes.PercentPattern, RegexOptions.NonBacktracking)
            && double.Parse(text[..^1], CultureInfo.InvariantCulture) is var percent && percent >= least && percent <= most)
            return percent;
        values.Faults.Add(node, string.Create(CultureInfo.InvariantCulture, $"'{text}' can't be taken: write a share from {least}% to {most}%, such as {Math.Max(least, 10)}%."));
        return null;
    }
}
