namespace CxOrchestrator.Sdk;

/// <summary>One page of a longer answer.</summary>
/// <param name="Items">What is on this page; may be empty.</param>
/// <param name="NextCursor">Pass it to get the next page; null where this is the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
