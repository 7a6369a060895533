namespace CxOrchestrator.Templating.Lexing;

/// <summary>A template's text under its name; turns offsets into lines and columns only when a message needs them.</summary>
internal sealed class SourceText(string text, string name)
{
    /// <summary>The whole text.</summary>
    public string Text { get; } = text;

    /// <summary>The name that messages carry.</summary>
    public string Name { get; } = name;

    /// <summary>Line and column, both from 1, of a character.</summary>
    /// <param name="offset">From 0; beyond the end counts as the end.</param>
    public (int Line, int Column) Locate(int offset)
    {
        var before = Text.AsSpan(0, Math.Clamp(offset, 0, Text.Length));
        var line = 1 + before.Count('\n');
        return (line, before.Length - before.LastIndexOf('\n'));
    }
}
