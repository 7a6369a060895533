namespace CxOrchestrator.Sdk;

/// <summary>
/// One page of a longer answer. A feed (changed since, events) never ends: each page with items has a cursor, and an empty page
/// without one says that there is nothing new, so keep the last cursor and ask again later. A list ends with a page without a cursor.
/// </summary>
/// <param name="Items">What is on this page; may be empty.</param>
/// <param name="NextCursor">Pass it to get what comes after this page; null where nothing does.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
