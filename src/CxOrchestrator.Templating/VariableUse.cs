namespace CxOrchestrator.Templating;

/// <summary>A name that a template uses, and where.</summary>
public sealed record VariableUse(string Path, int Line, int Column);
