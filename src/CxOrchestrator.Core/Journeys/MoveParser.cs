using System.Globalization;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Content.Yaml;

namespace CxOrchestrator.Core.Journeys;

/// <summary>Reads the <c>moves</c> of a journey's file. Whether older versions have the steps that they name is seen when a publication is planned.</summary>
internal static class MoveParser
{
    /// <summary>The rules; faults go where the values' go.</summary>
    /// <param name="values">Reads values.</param>
    /// <param name="node">The list, or null.</param>
    /// <param name="steps">The file's steps; null where they have faults of their own.</param>
    public static IReadOnlyList<MoveRule> Parse(JourneyValues values, YamlNode? node, IReadOnlyList<Step>? steps)
    {
        var rules = new List<MoveRule>();
        if (node is null)
            return rules;
        foreach (var item in values.Items(node, "move"))
        {
            if (Rule(values, item, steps) is not { } rule)
                continue;
            if (rules.Find(one => one.From == rule.From && one.Version == rule.Version) is { } first)
                values.Faults.Add(item, $"Of '{rule.From}' is said already in line {first.Line}. Remove one.");
            rules.Add(rule);
        }

        return rules;
    }

    private static MoveRule? Rule(JourneyValues values, YamlNode item, IReadOnlyList<Step>? steps)
    {
        if (MapReader.Open(item, JourneyShapes.Move, values.Faults) is not { } map)
            return null;
        var (from, to, reason) = (values.Text(map["from"]), values.Text(map["to"]), values.Text(map["reason"]));
        var version = Version(values, map["version"]);
        if (to is not null && steps is not null)
            CheckTarget(values, map["to"]!, to, steps);
        if (reason is not null && to is not null && to != MoveRule.Exit)
            values.Faults.Add(map["reason"]!, "'reason' goes with to: exit. Remove it.");
        if (from is null || to is null)
            return null;
        return new MoveRule
        {
            From = from,
            Version = version,
            To = to,
            Reason = reason ?? "",
            Now = values.Flag(map["now"]) ?? false,
            Again = values.Flag(map["again"]) ?? false,
            File = values.Faults.File,
            Line = map["from"]!.Line,
            Column = map["from"]!.Column,
        };
    }

    private static int? Version(JourneyValues values, YamlNode? node)
    {
        if (values.Text(node) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
            return version;
        values.Faults.Add(node!, $"'{text}' is no version. Write a number from 1, or leave it out for every older version.");
        return null;
    }

    private static void CheckTarget(JourneyValues values, YamlNode node, string to, IReadOnlyList<Step> steps)
    {
        var ids = steps.Select(step => step.Id).ToList();
        if (MoveRule.Words.Contains(to) && ids.Contains(to))
            values.Faults.Add(node, $"'{to}' means here what becomes of people, and is a step's id too. Give that step another id.");
        else if (!MoveRule.Words.Contains(to) && !ids.Contains(to))
            values.Faults.Add(node, $"This journey has no step '{to}'.{Nearest.Hint(to, ids.Concat(MoveRule.Words))} Write a step's id, or {string.Join(" or ", MoveRule.Words)}.");
    }
}
