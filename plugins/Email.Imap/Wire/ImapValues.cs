using System.Text;

namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>Reads the values of one response, whose literals stand between its pieces of text.</summary>
/// <param name="pieces">Text, literal, text, literal, ..., text; the marks of the literals are taken off the texts.</param>
/// <param name="literals">One less than the texts.</param>
internal sealed class ImapValues(IReadOnlyList<string> pieces, IReadOnlyList<byte[]> literals)
{
    private const int Deepest = 20;
    private const int End = -1;
    private const int Literal = -2;
    private int _piece;
    private int _at;

    /// <summary>The values in order.</summary>
    /// <exception cref="ImapFault">They are not IMAP.</exception>
    public IReadOnlyList<ImapValue> Read() => ReadList(0, closed: false);

    private List<ImapValue> ReadList(int depth, bool closed)
    {
        var values = new List<ImapValue>();
        while (true)
        {
            var letter = Peek();
            switch (letter)
            {
                case End when closed || depth > 0:
                    throw new ImapFault("The server's answer has a list without an end.");
                case End:
                    return values;
                case ' ':
                    _at++;
                    break;
                case ')' when closed:
                    _at++;
                    return values;
                case '(' when depth < Deepest:
                    _at++;
                    values.Add(ImapValue.Of(ReadList(depth + 1, closed: true)));
                    break;
                case Literal:
                    values.Add(ImapValue.Of(literals[_piece]));
                    _piece++;
                    _at = 0;
                    break;
                case '"':
                    values.Add(ImapValue.Of(Encoding.UTF8.GetBytes(Quoted())));
                    break;
                default:
                    values.Add(ImapValue.Of(Atom()));
                    break;
            }
        }
    }

    // The next letter, or what stands in its place.
    private int Peek() => _at < pieces[_piece].Length ? pieces[_piece][_at] : _piece < literals.Count ? Literal : End;

    private string Quoted()
    {
        var text = pieces[_piece];
        var result = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; _at++)
        {
            _at += text[_at] == '\\' && _at + 1 < text.Length ? 1 : 0;
            result.Append(text[_at]);
        }

        if (_at >= text.Length)
        {
            throw new ImapFault("The server's answer has a quoted text without an end.");
        }

        _at++;
        return result.ToString();
    }

    // Up to a blank or a parenthesis; what stands in brackets belongs to it, as in BODY[HEADER.FIELDS (DATE)]<0>.
    private string Atom()
    {
        var text = pieces[_piece];
        var start = _at;
        var brackets = 0;
        while (_at < text.Length && (brackets > 0 || text[_at] is not (' ' or '(' or ')' or '"')))
        {
            brackets += text[_at] switch { '[' => 1, ']' when brackets > 0 => -1, _ => 0 };
            _at++;
        }

        // A parenthesis that belongs nowhere.
        _at = Math.Max(_at, start + 1);
        return text[start.._at];
    }
}
