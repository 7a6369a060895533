using System.Text.Json;
using CxOrchestrator.Plugins.Sandbox.Journals;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Crm;

/// <summary>One change as it stands in <c>people.ndjson</c>.</summary>
internal sealed record PersonLine
{
    public required string Key { get; init; }

    public required string PersonId { get; init; }

    public required CrmChangeKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Title { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Values { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The values as string, long, double, boolean or null.</summary>
    public IReadOnlyDictionary<string, object?> PlainValues() =>
        Values.ToDictionary(pair => pair.Key, pair => JsonLines.Plain(pair.Value), StringComparer.Ordinal);
}
