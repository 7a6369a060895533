using CxOrchestrator.Core.Explaining;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>How a chain ends.</summary>
/// <param name="Outcome">Its name.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Until">Until when it waits, or null.</param>
internal sealed record Ending(ChainOutcome Outcome, string Reason, DateTimeOffset? Until = null);
