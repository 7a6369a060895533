using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CxOrchestrator.Core.Content.Yaml;

/// <summary>
/// Reads YAML into nodes that know their places. Built on the parser's events, since its own document model stops at the first key that stands there
/// twice, and all faults are to be told at once. Anchors and aliases are refused: a few lines of them can stand for gigabytes.
/// </summary>
internal static class YamlText
{
    private const int LongestText = 262_144;
    private const int DeepestNode = 64;
    private const int MostNodes = 50_000;

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
            var left = MostNodes;
            var root = Read(parser, 0, ref left);
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

    private static YamlNode Read(Parser parser, int depth, ref int left)
    {
        var current = parser.Consume<ParsingEvent>();
        var (line, column) = ((int)current.Start.Line, (int)current.Start.Column);
        if (depth > DeepestNode)
            throw new YamlException(current.Start, current.End, $"nested deeper than {DeepestNode} levels.");
        if (--left < 0)
            throw new YamlException(current.Start, current.End, $"more than {MostNodes} values.");
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw new YamlException(current.Start, current.End, "anchors (&) and aliases (*) aren't taken; write it out, or put the text in quotes.");
        switch (current)
        {
            case Scalar scalar:
                return OfScalar(scalar);
            case SequenceStart:
                var items = new List<YamlNode>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                    items.Add(Read(parser, depth + 1, ref left));
                return new YamlList(items, line, column);
            default:
                var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    var key = Read(parser, depth + 1, ref left) as YamlScalar
                        ?? throw new YamlException(current.Start, current.End, "a key must be a word; put text that begins with { or [ in quotes.");
                    entries.Add(new(key, Read(parser, depth + 1, ref left)));
                }

                return new YamlMap(entries, line, column);
        }
    }

    private static YamlScalar OfScalar(Scalar scalar) => new(
        scalar.Value,
        scalar.Style switch
        {
            ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => YamlStyle.Quoted,
            ScalarStyle.Literal or ScalarStyle.Folded => YamlStyle.Block,
            _ => YamlStyle.Plain,
        },
        (int)scalar.Start.Line, (int)scalar.Start.Column);

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
