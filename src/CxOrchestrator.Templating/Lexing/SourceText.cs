namespace CxOrchestrator.Templating.Lexing;

/// <summary>A template's text under its name; turns offsets into lines and columns only when a message needs them.</summary>
internal sealed class SourceText(string text, string name)
{
    /// <summary>Offsets at which lines start; made when first asked for, by several threads alike.</summary>
    private int[]? _lines;

    /// <summary>The whole text.</summary>
    public string Text { get; } = text;

    /// <summary>The name that messages carry.</summary>
    public string Name { get; } = name;

    /// <summary>Line and column, both from 1, of a character.</summary>
    /// <param name="offset">From 0; beyond the end counts as the end.</param>
    public (int Line, int Column) Locate(int offset)
    {
        var at = Math.Clamp(offset, 0, Text.Length);
        var lines = _lines ??= Lines(Text);
        var found = Array.BinarySearch(lines, at);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, at - lines[line] + 1);
    }

    private static int[] Lines(string text)
    {
        var lines = new int[1 + text.AsSpan().Count('\n')];
        var line = 1;
        for (var i = 0; line < lines.Length; i++)
        {
            if (text[i] == '\n') lines[line++] = i + 1;
        }

        return lines;
    }
}
