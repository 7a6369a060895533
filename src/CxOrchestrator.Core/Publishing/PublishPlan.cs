using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Publishing;

/// <summary>What a publication of a journey would change, for the journey and for everybody in the middle of it. Looking at it changes nothing.</summary>
public sealed record PublishPlan
{
    /// <summary>
    /// Names the plan: made of the file, of what is published with it, of the version in force and of the rules, so that another plan has another name.
    /// People who walk on meanwhile don't change it.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The journey's key.</summary>
    public required string Journey { get; init; }

    /// <summary>The version in force; 0 where none is.</summary>
    public required int BaseVersion { get; init; }

    /// <summary>The version that is in force after it; <see cref="BaseVersion"/> where the file is the same and only people are moved.</summary>
    public required int Version { get; init; }

    /// <summary>What changes in the journey.</summary>
    public required JourneyDiff Diff { get; init; }

    /// <summary>Every step of every version that somebody walks, in order.</summary>
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>What becomes of whom: the same for steps on which nobody stands yet.</summary>
    public required IReadOnlyList<PlannedMove> Moves { get; init; }

    /// <summary>What is stored: the journey, and the messages and surveys that it names.</summary>
    public required IReadOnlyList<(ContentKind Kind, string Key, string Text)> Items { get; init; }

    /// <summary>Which of the messages and surveys change with it, in words.</summary>
    public IReadOnlyList<string> Along { get; init; } = [];

    /// <summary>Errors and warnings; with an error it can't be carried out.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Whether it can be carried out.</summary>
    public bool Ok => !Faults.Any(fault => !fault.IsWarning);

    /// <summary>Whether it changes anything.</summary>
    public bool Any => Version != BaseVersion || Along.Count > 0 || Moving + Leaving > 0;

    /// <summary>How many go on in the new version.</summary>
    public long Moving => Steps.Where(step => step.Fate is Fate.Move).Sum(step => step.People);

    /// <summary>How many leave.</summary>
    public long Leaving => Steps.Where(step => step.Fate is Fate.Leave).Sum(step => step.People);

    /// <summary>How many finish on the version that they walk.</summary>
    public long Staying => Steps.Where(step => step.Fate is Fate.Stay).Sum(step => step.People);
}

/// <summary>One step of an older version and what becomes of its people.</summary>
/// <param name="Version">The version.</param>
/// <param name="Step">The step's id.</param>
/// <param name="Kind">The step's kind, such as <c>waitFor</c>.</param>
/// <param name="People">How many stand there.</param>
/// <param name="Fate">What becomes of them.</param>
/// <param name="Note">Why so, where nobody said it.</param>
public sealed record PlannedStep(int Version, string Step, string Kind, long People, Fate Fate, string Note);
