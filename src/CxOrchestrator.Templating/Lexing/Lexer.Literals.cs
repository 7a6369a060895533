using System.Globalization;
using System.Text;

namespace CxOrchestrator.Templating.Lexing;

internal sealed partial class Lexer
{
    private const int DeepestInterpolation = 8;

    private void ReadString(char quote)
    {
        var start = _at;
        var value = ReadQuoted(_at + 1, quote, false, out var end);
        if (value is null || end >= _text.Length)
        {
            _at = _text.Length;
            if (value is not null) FailAtEnd($"The string is not closed: a {quote} is missing.");
            return;
        }

        _at = end + 1;
        _tokens.Add(new Token(TokenKind.String, start, _at, value));
    }

    /// <summary>Characters up to the quote (or, interpolated, a brace). Null where an escape is wrong; that is reported here.</summary>
    private string? ReadQuoted(int from, char quote, bool interpolated, out int end)
    {
        StringBuilder? decoded = null;
        var run = from;
        for (var i = from; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == quote || (interpolated && c is '{' or '}'))
            {
                end = i;
                return Joined(decoded, run, i);
            }

            if (c != '\\') continue;
            decoded = (decoded ?? new StringBuilder()).Append(_text, run, i - run);
            var length = ReadEscape(i, decoded, interpolated);
            if (length == 0)
            {
                Fail(Math.Min(i + 1, _text.Length - 1), "This escape is not known in a string. Known: \\\\ \\' \\\" \\n \\r \\t \\b \\f \\0 \\uXXXX \\xXX.");
                end = i;
                return null;
            }

            i += length - 1;
            run = i + 1;
        }

        end = _text.Length;
        return Joined(decoded, run, end);
    }

    private string Joined(StringBuilder? decoded, int run, int end) =>
        decoded is null ? _text[run..end] : decoded.Append(_text, run, end - run).ToString();

    /// <summary>Decodes the escape at a backslash.</summary>
    /// <returns>Its length, or 0 where there is no such escape.</returns>
    private int ReadEscape(int at, StringBuilder decoded, bool interpolated)
    {
        var c = at + 1 < _text.Length ? _text[at + 1] : '\0';
        var plain = c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '\\' or '\'' or '"' => c,
            '{' or '}' when interpolated => c,
            _ => '\0',
        };
        if (plain == '\0' && c == 'u') return ReadCodePoint(at, 4, decoded);
        if (plain == '\0' && c == 'x') return ReadCodePoint(at, 2, decoded);
        if (plain == '\0' && c == '\n') return 2;
        if (plain == '\0' && c == '\r') return at + 2 < _text.Length && _text[at + 2] == '\n' ? 3 : 2;
        if (plain == '\0' && c != '0') return 0;
        decoded.Append(plain);
        return 2;
    }

    private int ReadCodePoint(int at, int digits, StringBuilder decoded)
    {
        if (at + 2 + digits > _text.Length) return 0;
        if (!ushort.TryParse(_text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return 0;
        decoded.Append((char)code);
        return 2 + digits;
    }

    private void ReadVerbatim()
    {
        var start = _at;
        var i = _at + 1;
        while (i < _text.Length)
        {
            var found = _text.IndexOf('`', i);
            if (found < 0) break;
            if (found + 1 < _text.Length && _text[found + 1] == '`')
            {
                i = found + 2;
                continue;
            }

            _at = found + 1;
            _tokens.Add(new Token(TokenKind.String, start, _at, _text[(start + 1)..found].Replace("``", "`", StringComparison.Ordinal)));
            return;
        }

        _at = _text.Length;
        FailAtEnd("The verbatim string is not closed: a ` is missing.");
    }

    private void ReadInterpolated()
    {
        var quote = Peek(1);
        Add(TokenKind.InterpolatedStart, 2);
        if (++_interpolations > DeepestInterpolation) Fail(_at, "Strings with expressions in them are nested too deeply.");
        while (true)
        {
            if (_interpolations > DeepestInterpolation || !ReadInterpolatedText(quote)) break;
            if (_text[_at] == quote)
            {
                Add(TokenKind.InterpolatedEnd, 1);
                _interpolations--;
                return;
            }

            if (!ReadInterpolation()) break;
        }

        _interpolations--;
        _at = _text.Length;
    }

    private bool ReadInterpolatedText(char quote)
    {
        var start = _at;
        var value = ReadQuoted(_at, quote, true, out var end);
        if (value is null) return false;
        if (end >= _text.Length)
        {
            FailAtEnd($"The interpolated string is not closed: a {quote} is missing.");
            return false;
        }

        if (_text[end] == '}')
        {
            Fail(end, "A `}` without a `{` in an interpolated string. Write \\} for the character itself.");
            return false;
        }

        _at = end;
        if (value.Length > 0) _tokens.Add(new Token(TokenKind.InterpolatedText, start, end, value));
        return true;
    }

    private bool ReadInterpolation()
    {
        Add(TokenKind.InterpolationOpen, 1);
        var outer = _braces;
        _braces = 0;
        while (_at < _text.Length)
        {
            SkipSpaceAndComments();
            if (_braces == 0 && Peek() == '}')
            {
                Add(TokenKind.InterpolationClose, 1);
                _braces = outer;
                return true;
            }

            if (ReadCodeToken() != TokenKind.NewLine) continue;
            Fail(_tokens[^1].Start, "An expression in a string has to be closed with `}` on the same line.");
            return false;
        }

        FailAtEnd("The expression in a string is not closed: a } is missing.");
        return false;
    }
}
