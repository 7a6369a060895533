namespace CxOrchestrator.Templating.Conformance;

/// <summary>What became of one case.</summary>
/// <param name="Id">The case.</param>
/// <param name="Group">Its group.</param>
/// <param name="SameKind">Output, parse error or run-time error as expected.</param>
/// <param name="SamePlace">And, for errors, the same line and column of the first message.</param>
/// <param name="SameText">And exactly the same text.</param>
/// <param name="Passed">The gate: the text of outputs, the place of errors.</param>
/// <param name="Kind">What it was: <c>output</c>, <c>parse_error</c> or <c>runtime_error</c>.</param>
/// <param name="Expected">The text or messages expected.</param>
/// <param name="Actual">The text or messages given.</param>
public sealed record ConformanceResult(
    string Id, string Group, bool SameKind, bool SamePlace, bool SameText, bool Passed, string Kind, string Expected, string Actual);
