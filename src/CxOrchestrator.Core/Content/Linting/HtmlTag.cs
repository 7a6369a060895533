namespace CxOrchestrator.Core.Content;

/// <summary>A start tag in the markup of a template.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record HtmlTag(string Name, int Line, int Column, IReadOnlyList<HtmlAttribute> Attributes)
{
    /// <summary>An attribute by its name in lower case, or null.</summary>
    public HtmlAttribute? this[string name] => Attributes.FirstOrDefault(attribute => attribute.Name == name);
}

/// <summary>An attribute of a tag.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Value">Its value, with character references as they are written; empty where it has none.</param>
/// <param name="Line">Line of the value, from 1.</param>
/// <param name="Column">Column of the value, from 1.</param>
internal sealed record HtmlAttribute(string Name, string Value, int Line, int Column);
