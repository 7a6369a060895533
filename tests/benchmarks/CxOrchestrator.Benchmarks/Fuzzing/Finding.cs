namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>Something that may not happen, and the template that did it.</summary>
/// <param name="Kind">What it is, the same for all of its kind.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Number">The template's number, by which it can be made again.</param>
/// <param name="Template">Its text.</param>
internal sealed record Finding(string Kind, string Detail, long Number, string Template);
