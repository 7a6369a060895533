namespace CxOrchestrator.Core.Content.Yaml;

/// <summary>A value of a YAML file and where it stands, from 1.</summary>
internal abstract record YamlNode(int Line, int Column);

/// <summary>Text, a number, a word: everything single.</summary>
/// <param name="Value">Its text.</param>
/// <param name="Style">How it is written, which decides where its first character stands.</param>
/// <param name="Line">Line.</param>
/// <param name="Column">Column.</param>
/// <param name="Indent">Spaces before each line of a block, which its value doesn't have.</param>
internal sealed record YamlScalar(string Value, YamlStyle Style, int Line, int Column, int Indent = 0) : YamlNode(Line, Column)
{
    /// <summary>Whether nothing stands there: <c>key:</c>, <c>~</c> or <c>null</c>.</summary>
    public bool IsEmpty => Style == YamlStyle.Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The place in the file of a place in the value, as good as its style allows.</summary>
    public (int Line, int Column) Place(int line, int column) => Style switch
    {
        YamlStyle.Block => (Line + line, column + Indent),
        _ when line > 1 => (Line + line - 1, column),
        YamlStyle.Quoted => (Line, Column + column),
        _ => (Line, Column + column - 1),
    };
}

/// <summary>How a scalar is written.</summary>
internal enum YamlStyle
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>In quotes.</summary>
    Quoted,

    /// <summary>Behind <c>|</c> or <c>&gt;</c>.</summary>
    Block,
}

/// <summary>A list.</summary>
internal sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column);

/// <summary>Keys with their values in the order of the file; a key may stand there twice, which is for the reader to say.</summary>
internal sealed record YamlMap(IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries, int Line, int Column) : YamlNode(Line, Column);
