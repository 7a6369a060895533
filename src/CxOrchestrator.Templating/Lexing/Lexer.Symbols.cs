namespace CxOrchestrator.Templating.Lexing;

internal sealed partial class Lexer
{
    private void ReadNumber()
    {
        var next = char.ToLowerInvariant(Peek(1));
        if (Peek() == '0' && next is 'x' or 'b' && IsRadixDigit(Peek(2), next))
        {
            var end = _at + 2;
            while (end < _text.Length && IsRadixDigit(_text[end], next)) end++;
            if (end < _text.Length && _text[end] is 'u' or 'U') end++;
            Add(next == 'x' ? TokenKind.HexInteger : TokenKind.BinaryInteger, end - _at, _text[_at..end]);
        }
        else if (Peek() == '0' && next is 'x' or 'b')
        {
            _at += 2;
            Fail(_at, $"Digits are needed behind `0{next}`.");
        }
        else
        {
            ReadDecimal();
        }
    }

    private static bool IsRadixDigit(char c, char radix) => c == '_' || (radix == 'x' ? char.IsAsciiHexDigit(c) : c is '0' or '1');

    private void ReadDecimal()
    {
        var kind = TokenKind.Integer;
        var end = SkipDigits(_at);
        if (end + 1 < _text.Length && _text[end] == '.' && char.IsAsciiDigit(_text[end + 1]))
        {
            kind = TokenKind.Float;
            end = SkipDigits(end + 1);
        }

        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            var digits = end + 1;
            if (digits < _text.Length && _text[digits] is '+' or '-') digits++;
            if (digits >= _text.Length || !char.IsAsciiDigit(_text[digits]))
            {
                _at = digits;
                Fail(Math.Min(digits, _text.Length - 1), "Digits are needed behind the exponent of a number.");
                return;
            }

            if (_text[digits - 1] == '-') kind = TokenKind.Float;
            end = SkipDigits(digits);
        }

        if (end < _text.Length && _text[end] is 'f' or 'F' or 'd' or 'D' or 'm' or 'M' && !(end + 1 < _text.Length && IsNamePart(_text[end + 1])))
        {
            kind = TokenKind.Float;
            end++;
        }

        Add(kind, end - _at, _text[_at..end]);
    }

    private int SkipDigits(int at)
    {
        while (at < _text.Length && (char.IsAsciiDigit(_text[at]) || _text[at] == '_')) at++;
        return at;
    }

    private void ReadSymbol(char c)
    {
        if (_braces == 0 && AtCodeExit())
        {
            var strip = c is '-' or '~';
            // The token stands where its braces do: that is where a missing expression is reported.
            if (strip) _at++;
            Add(TokenKind.CodeExit, 2, strip ? c.ToString() : null);
            return;
        }

        if (c == '{') _braces++;
        else if (c == '}' && _braces > 0) _braces--;
        var (kind, length) = Symbol(c, Peek(1), Peek(2));
        Add(kind, length);
    }

    private static (TokenKind Kind, int Length) Symbol(char c, char second, char third) => c switch
    {
        '(' => (TokenKind.OpenParen, 1),
        ')' => (TokenKind.CloseParen, 1),
        '[' => (TokenKind.OpenBracket, 1),
        ']' => (TokenKind.CloseBracket, 1),
        '{' => (TokenKind.OpenBrace, 1),
        '}' => (TokenKind.CloseBrace, 1),
        ',' => (TokenKind.Comma, 1),
        ':' => (TokenKind.Colon, 1),
        ';' => (TokenKind.Semicolon, 1),
        '@' => (TokenKind.At, 1),
        '^' => (TokenKind.Caret, 1),
        '.' when second == '.' => third switch
        {
            '<' => (TokenKind.RangeExclusive, 3),
            '.' => (TokenKind.Ellipsis, 3),
            _ => (TokenKind.Range, 2),
        },
        '.' => (TokenKind.Dot, 1),
        '?' => second switch
        {
            '.' => (TokenKind.QuestionDot, 2),
            '?' => (TokenKind.DoubleQuestion, 2),
            '!' => (TokenKind.QuestionExclamation, 2),
            _ => (TokenKind.Question, 1),
        },
        '|' => second switch
        {
            '|' => (TokenKind.Or, 2),
            '>' => (TokenKind.Pipe, 2),
            _ => (TokenKind.Pipe, 1),
        },
        '&' when second == '&' => (TokenKind.And, 2),
        '!' => second == '=' ? (TokenKind.NotEqual, 2) : (TokenKind.Not, 1),
        '=' => second == '=' ? (TokenKind.EqualEqual, 2) : (TokenKind.Assign, 1),
        '<' => second == '=' ? (TokenKind.LessEqual, 2) : second == '<' ? (TokenKind.ShiftLeft, 2) : (TokenKind.Less, 1),
        '>' => second == '=' ? (TokenKind.GreaterEqual, 2) : second == '>' ? (TokenKind.ShiftRight, 2) : (TokenKind.Greater, 1),
        _ => Arithmetic(c, second, third),
    };

    private static (TokenKind Kind, int Length) Arithmetic(char c, char second, char third) => c switch
    {
        '+' => second == '=' ? (TokenKind.PlusAssign, 2) : second == '+' ? (TokenKind.PlusPlus, 2) : (TokenKind.Plus, 1),
        '-' => second == '=' ? (TokenKind.MinusAssign, 2) : second == '-' ? (TokenKind.MinusMinus, 2) : (TokenKind.Minus, 1),
        '*' => second == '=' ? (TokenKind.StarAssign, 2) : (TokenKind.Star, 1),
        '%' => second == '=' ? (TokenKind.PercentAssign, 2) : (TokenKind.Percent, 1),
        '/' when second == '/' => third == '=' ? (TokenKind.DoubleSlashAssign, 3) : (TokenKind.DoubleSlash, 2),
        '/' => second == '=' ? (TokenKind.SlashAssign, 2) : (TokenKind.Slash, 1),
        _ => (TokenKind.Unknown, 1),
    };
}
