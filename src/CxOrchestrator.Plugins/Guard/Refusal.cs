namespace CxOrchestrator.Plugins.Guard;

/// <summary>Why a call is not let through, and when to come again.</summary>
internal sealed record Refusal(string Reason, TimeSpan RetryAfter);
