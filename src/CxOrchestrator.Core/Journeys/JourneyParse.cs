using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Journeys;

/// <summary>What became of the parsing of a journey's file.</summary>
/// <param name="File">The file.</param>
/// <param name="Key">The journey's key, where it could be read.</param>
/// <param name="Journey">The journey; null where there is an error.</param>
/// <param name="Faults">Errors and warnings.</param>
/// <param name="References">What it names elsewhere, to be checked against what there is.</param>
public sealed record JourneyParse(
    string File, string? Key, Journey? Journey, IReadOnlyList<Fault> Faults, IReadOnlyList<JourneyReference> References);

/// <summary>Something that a journey names and that must exist elsewhere.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, or the cron expression.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="StepId">The step that names it, or null.</param>
public sealed record JourneyReference(ReferenceKind Kind, string Name, int Line, int Column, string? StepId = null);

/// <summary>What a journey names.</summary>
public enum ReferenceKind
{
    /// <summary>A message that a step sends.</summary>
    Message,

    /// <summary>A survey.</summary>
    Survey,

    /// <summary>The type of the event that begins it.</summary>
    TriggerType,

    /// <summary>The type of an event that it waits for, ends by, or has as its goal.</summary>
    ListensTo,

    /// <summary>The type of an event that it tells.</summary>
    Emits,

    /// <summary>A cron expression.</summary>
    Cron,

    /// <summary>A calendar that something is counted in.</summary>
    Calendar,

    /// <summary>A condition or a value: an expression.</summary>
    Expression,
}
