using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Crm;

/// <summary>All that is known of one person, as a line of <c>people.known.ndjson</c>.</summary>
internal sealed record PersonState
{
    /// <summary>Number of the last change, over all people.</summary>
    public required long Change { get; init; }

    /// <summary>The record as the contract shows it.</summary>
    public required CrmPerson Person { get; init; }

    /// <summary>When what is shown of each kind happened.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> LastOf { get; init; }

    /// <summary>The last changes' keys, shortened, oldest first.</summary>
    public required IReadOnlyList<long> Keys { get; init; }
}
