using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CxOrchestrator.Core.Content.Yaml;

/// <summary>
/// Reads YAML into nodes that know their places. Built on the parser's events, since its own document model stops at the first key that stands there
/// twice, and all faults are to be told at once. Anchors and aliases are refused: a few lines of them can stand for gigabytes.
/// </summary>
internal sealed class YamlText
{
    private const int LongestText = 262_144;
    private const int DeepestNode = 64;
    private const int MostNodes = 50_000;

    private readonly Parser _parser;
    private readonly Lazy<string[]> _lines;
    private int _left = MostNodes;

    private YamlText(Parser parser, string text)
    {
        _parser = parser;
        _lines = new Lazy<string[]>(() => text.Split('\n'));
    }

    /// <summary>The file's one document, or null with the faults that say why not.</summary>
    public static YamlNode? Parse(string text, Faults faults)
    {
        if (text.Length > LongestText)
            return Fail(faults, 0, 0, $"The file has {text.Length} characters; {LongestText} are allowed.");
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return Fail(faults, 1, 1, "The file is empty.");
            var root = new YamlText(parser, text).Read(0);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<DocumentStart>(out var second)
                ? Fail(faults, (int)second.Start.Line, (int)second.Start.Column, "One file holds one document: remove what follows '---'.")
                : root;
        }
        catch (YamlException error)
        {
            return Fail(faults, (int)error.Start.Line, (int)error.Start.Column, "This is no valid YAML: " + Message(error));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // YamlDotNet 16.3 throws these from its scanner on some broken texts, such as "{ a: b-" before a comma; found by fuzzing.
            var last = parser.Current?.End ?? Mark.Empty;
            return Fail(faults, (int)last.Line, (int)last.Column, "This is no valid YAML from here on: look for a missing or misplaced quote, bracket, comma or colon.");
        }
    }

    private YamlNode Read(int depth)
    {
        var current = _parser.Consume<ParsingEvent>();
        var (line, column) = ((int)current.Start.Line, (int)current.Start.Column);
        if (depth > DeepestNode)
            throw new YamlException(current.Start, current.End, $"nested deeper than {DeepestNode} levels.");
        if (--_left < 0)
            throw new YamlException(current.Start, current.End, $"more than {MostNodes} values.");
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw new YamlException(current.Start, current.End, "anchors (&) and aliases (*) aren't taken; write it out, or put the text in quotes.");
        switch (current)
        {
            case Scalar scalar:
                return OfScalar(scalar);
            case SequenceStart:
                var items = new List<YamlNode>();
                while (!_parser.TryConsume<SequenceEnd>(out _))
                    items.Add(Read(depth + 1));
                return new YamlList(items, line, column);
            default:
                var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
                while (!_parser.TryConsume<MappingEnd>(out _))
                {
                    var key = Read(depth + 1) as YamlScalar
                        ?? throw new YamlException(current.Start, current.End, "a key must be a word; put text that begins with { or [ in quotes.");
                    entries.Add(new(key, Read(depth + 1)));
                }

                return new YamlMap(entries, line, column);
        }
    }

    private YamlScalar OfScalar(Scalar scalar) => new(
        scalar.Value,
        scalar.Style switch
        {
            ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => YamlStyle.Quoted,
            ScalarStyle.Literal or ScalarStyle.Folded => YamlStyle.Block,
            _ => YamlStyle.Plain,
        },
        (int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? IndentAfter((int)scalar.Start.Line) : 0);

    // The parser tells where a block begins, not how far it is indented: that of its first line with text.
    private int IndentAfter(int line) =>
        _lines.Value.Skip(line).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is { } first ? first.Length - first.TrimStart(' ').Length : 0;

    private static string Message(YamlException error)
    {
        // The library's message repeats the place in its own form before a colon.
        var text = error.Message;
        var place = text.IndexOf("): ", StringComparison.Ordinal);
        return place >= 0 ? text[(place + 3)..] : text;
    }

    private static YamlNode? Fail(Faults faults, int line, int column, string text)
    {
        faults.Add(line, column, text);
        return null;
    }
}
