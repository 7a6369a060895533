namespace CxOrchestrator.Templating.Values;

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Name by which an argument may be given.</param>
/// <param name="Optional">May be left out.</param>
/// <param name="Default">Value where it is left out.</param>
/// <param name="Rest">Takes all further arguments as a list.</param>
internal sealed record Parameter(string Name, bool Optional = false, object? Default = null, bool Rest = false);
