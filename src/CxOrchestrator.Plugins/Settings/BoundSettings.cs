using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>Settings as they were read.</summary>
/// <param name="Value">The options object; use it only where there are no faults.</param>
/// <param name="Secrets">Every secret that was found, to be masked from now on.</param>
/// <param name="Faults">All that is wrong, each with its key and, unless it is a secret, the offending value.</param>
internal sealed record BoundSettings(object Value, IReadOnlyList<Secret> Secrets, IReadOnlyList<string> Faults);
