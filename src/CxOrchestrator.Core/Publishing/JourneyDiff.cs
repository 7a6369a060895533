using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>What differs between two versions of a journey.</summary>
/// <param name="Rules">Changes of the trigger, the entry, exit and goal rules and of what holds for all steps, in words.</param>
/// <param name="Steps">Steps added, removed and changed: those of the newer version in its order, then the removed ones.</param>
public sealed record JourneyDiff(IReadOnlyList<string> Rules, IReadOnlyList<StepChange> Steps)
{
    /// <summary>Whether anything that people meet differs.</summary>
    public bool Any => Rules.Count > 0 || Steps.Count > 0;

    /// <summary>Compares two versions; the older may be null.</summary>
    public static JourneyDiff Of(Journey? older, Journey newer)
    {
        if (older is null)
            return new JourneyDiff([], [.. newer.Steps.Select(step => new StepChange(StepChangeKind.Added, step.Id, StepWords.Of(newer, step)))]);
        var changes = new List<StepChange>();
        foreach (var step in newer.Steps)
        {
            var before = older.IndexOf(step.Id);
            if (before < 0)
                changes.Add(new StepChange(StepChangeKind.Added, step.Id, StepWords.Of(newer, step)));
            else if (Changes(StepWords.Fields(older, older.Steps[before]), StepWords.Fields(newer, step)) is { Count: > 0 } what)
                changes.Add(new StepChange(StepChangeKind.Changed, step.Id, string.Join("; ", what)));
        }

        changes.AddRange(older.Steps.Where(step => newer.IndexOf(step.Id) < 0)
            .Select(step => new StepChange(StepChangeKind.Removed, step.Id, StepWords.Of(older, step))));
        return new JourneyDiff(Changes(RuleWords.Of(older), RuleWords.Of(newer)), changes);
    }

    private static List<string> Changes(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [.. before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Select(name => (Name: name, Before: before.GetValueOrDefault(name, "nothing"), After: after.GetValueOrDefault(name, "nothing")))
            .Where(one => one.Before != one.After)
            .Select(one => $"{one.Name}: {one.Before} → {one.After}")];
}

/// <summary>How a step differs.</summary>
public enum StepChangeKind
{
    /// <summary>Only the newer version has it.</summary>
    Added,

    /// <summary>Only the older version has it.</summary>
    Removed,

    /// <summary>Both have it, and it does something else.</summary>
    Changed,
}

/// <summary>One step that differs.</summary>
/// <param name="Kind">How.</param>
/// <param name="Step">Its id.</param>
/// <param name="What">What it does, or what in it changes.</param>
public sealed record StepChange(StepChangeKind Kind, string Step, string What);
