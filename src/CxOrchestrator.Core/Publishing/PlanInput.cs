using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>What a plan is made of.</summary>
public sealed record PlanInput
{
    /// <summary>The new version, as it was read.</summary>
    public required JourneyParse Parse { get; init; }

    /// <summary>What is to be stored: the journey first, then the messages and surveys that it names.</summary>
    public required IReadOnlyList<(ContentKind Kind, string Key, string Text)> Items { get; init; }

    /// <summary>Which of these change, besides the journey, in words.</summary>
    public IReadOnlyList<string> Along { get; init; } = [];

    /// <summary>The version in force, or null.</summary>
    public PublishedContent? InForce { get; init; }

    /// <summary>The versions that somebody walks, and the one in force, by number.</summary>
    public required IReadOnlyDictionary<int, Journey> Versions { get; init; }

    /// <summary>Where people stand.</summary>
    public required IReadOnlyList<Standing> Standing { get; init; }

    /// <summary>What was said besides the file's own moves; it goes before them.</summary>
    public IReadOnlyList<MoveRule> Said { get; init; } = [];

    /// <summary>Faults that were found already.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];
}
