namespace CxOrchestrator.Templating.Syntax;

/// <summary>A parameter as it is written.</summary>
internal sealed record ParameterSyntax(string Name, Expression? Default, bool Rest);
