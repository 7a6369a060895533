using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>Makes plans. Reads nothing and stores nothing: the same input gives the same plan.</summary>
public static class Planner
{
    /// <summary>The plan; where the file has errors, it tells them and no more.</summary>
    public static PublishPlan Plan(PlanInput input)
    {
        var (key, text) = (input.Items[0].Key, input.Items[0].Text);
        var @base = input.InForce?.Version ?? 0;
        var version = input.InForce?.Text == text ? @base : @base + 1;
        if (input.Parse.Journey is not { } journey || input.Faults.Any(fault => !fault.IsWarning))
        {
            return new PublishPlan
            {
                Id = IdOf(input, @base), Journey = key, BaseVersion = @base, Version = version, Diff = new JourneyDiff([], []), Steps = [], Moves = [],
                Items = input.Items, Faults = input.Faults,
            };
        }

        var rules = new MoveRules(journey, journey.Moves, input.Said);
        var older = input.Versions.Where(pair => pair.Key < version).OrderBy(pair => pair.Key).ToList();
        var steps = older.SelectMany(pair => Steps(pair.Value, rules, input.Standing)).ToList();
        var moves = steps.Where(step => step.Fate is not Fate.Stay).Select(step => new PlannedMove(step.Version, step.Step, step.Fate)).ToList();
        return new PublishPlan
        {
            Id = IdOf(input, @base),
            Journey = key,
            BaseVersion = @base,
            Version = version,
            Diff = version == @base ? new JourneyDiff([], []) : JourneyDiff.Of(input.Versions.GetValueOrDefault(@base), journey),
            Steps = [.. steps.Concat(Strays(input, version))],
            Moves = moves,
            Items = input.Items,
            Along = input.Along,
            Faults = [.. input.Faults, .. rules.Faults([.. older.Select(pair => pair.Value)]), .. AgainCheck.Faults(journey, older.ToDictionary(), rules, input.Standing)],
        };
    }

    private static IEnumerable<PlannedStep> Steps(Journey older, MoveRules rules, IReadOnlyList<Standing> standing) => older.Steps.Select(step =>
    {
        var people = standing.Where(one => one.Version == older.Version && one.Step == step.Id).Sum(one => one.People);
        var (fate, note) = rules.Of(older, step);
        return new PlannedStep(older.Version, step.Id, StepWords.Kind(step), people, fate, note);
    });

    // People of a version that this program can't read, or on the version that the file is already: they stay, and are counted all the same.
    private static IEnumerable<PlannedStep> Strays(PlanInput input, int version) => input.Standing
        .Where(one => one.Version >= version || !input.Versions.TryGetValue(one.Version, out var journey) || journey.IndexOf(one.Step) < 0)
        .Select(one => new PlannedStep(
            one.Version, one.Step, "", one.People, new Fate.Stay(), one.Version >= version ? "they walk this version" : "this version can't be read: they are left alone"));

    private static string IdOf(PlanInput input, int @base)
    {
        var text = new StringBuilder("plan 1\n").Append(@base).Append('\n');
        foreach (var item in input.Items)
            text.Append(item.Kind).Append(' ').Append(item.Key).Append(' ').Append(item.Text.Length).Append('\n').Append(item.Text).Append('\n');
        foreach (var rule in input.Said.Select(rule => rule.ToString()).Order(StringComparer.Ordinal))
            text.Append(rule).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
