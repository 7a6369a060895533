namespace CxOrchestrator.Core.Journeys;

/// <summary>
/// What is said of the people who stand on a step of an older version when a version is published. Where nothing is said, they finish on the version that
/// they walk.
/// </summary>
public sealed record MoveRule
{
    /// <summary>Instead of a step's id: every step that no other rule names.</summary>
    public const string Any = "any";

    /// <summary>They leave the journey.</summary>
    public const string Exit = "exit";

    /// <summary>They finish on the version that they walk.</summary>
    public const string Stay = "stay";

    /// <summary>They go on at the step of the same id, where the new version has one of the same kind; else they stay.</summary>
    public const string Same = "same";

    /// <summary>The words that stand where a step's id may stand.</summary>
    public static IReadOnlyList<string> Words { get; } = [Same, Stay, Exit];

    /// <summary>Id of the step in the older version, or <see cref="Any"/>.</summary>
    public required string From { get; init; }

    /// <summary>Only people of this version; null for every older one.</summary>
    public int? Version { get; init; }

    /// <summary>Id of a step of the new version, or one of <see cref="Words"/>.</summary>
    public required string To { get; init; }

    /// <summary>Why they leave, for people; empty where nothing is said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether they go on at once, also where a wait still runs.</summary>
    public bool Now { get; init; }

    /// <summary>Whether they may get a message that they have had already.</summary>
    public bool Again { get; init; }

    /// <summary>Where it is said: a file or an option.</summary>
    public string File { get; init; } = "";

    /// <summary>Line, from 1; 0 where there is none.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 where there is none.</summary>
    public int Column { get; init; }

    /// <summary>The rule in one line, always written alike.</summary>
    public override string ToString() =>
        $"{From}{(Version is { } version ? $"@{version}" : "")} -> {To}{(Reason.Length > 0 ? $" ({Reason})" : "")}{(Now ? " now" : "")}{(Again ? " again" : "")}";
}
