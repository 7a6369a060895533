namespace CxOrchestrator.Templating.Conformance;

/// <summary>Rates of a group of cases, each from 0 to 1.</summary>
/// <param name="Group">The group.</param>
/// <param name="Cases">Number of cases.</param>
/// <param name="SameKind">Part with the same kind of result.</param>
/// <param name="SamePlace">Part with, for errors, the same first line and column too.</param>
/// <param name="SameText">Part with exactly the same text.</param>
public sealed record ConformanceRates(string Group, int Cases, double SameKind, double SamePlace, double SameText);
