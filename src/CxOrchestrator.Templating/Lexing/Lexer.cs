namespace CxOrchestrator.Templating.Lexing;

/// <summary>
/// Cuts a template into tokens in one pass, whitespace control and indentation already applied. Never fails: what it cannot
/// read becomes an <see cref="TokenKind.Error"/> token where it stands.
/// </summary>
internal sealed partial class Lexer
{
    private readonly string _text;
    private readonly bool _autoIndent;
    private readonly List<Token> _tokens;
    private int _at;
    private int _braces;
    private int _interpolations;

    private Lexer(string text, bool autoIndent)
    {
        _text = text;
        _autoIndent = autoIndent;
        _tokens = new List<Token>(Math.Min(4096, 16 + (text.Length / 16)));
    }

    /// <summary>Tokens of a whole template, text and code.</summary>
    public static List<Token> Template(string text, bool autoIndent)
    {
        var lexer = new Lexer(text, autoIndent);
        lexer.ReadTemplate();
        return lexer._tokens;
    }

    /// <summary>Tokens of one expression without braces around it.</summary>
    public static List<Token> Expression(string text)
    {
        var lexer = new Lexer(text, false);
        while (lexer._at < text.Length)
        {
            // A closing tag means nothing outside a template.
            if (lexer.ReadCodeToken() == TokenKind.CodeExit) lexer._tokens[^1] = lexer._tokens[^1] with { Kind = TokenKind.Unknown };
        }

        lexer._tokens.Add(new Token(TokenKind.End, text.Length, text.Length));
        return lexer._tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Add(TokenKind kind, int length, string? value = null)
    {
        _tokens.Add(new Token(kind, _at, _at + length, value));
        _at += length;
    }

    private void Fail(int at, string message) => _tokens.Add(new Token(TokenKind.Error, at, Math.Min(at + 1, _text.Length), message));

    /// <summary>A text that is not closed is reported at its last character, as there is nothing behind it.</summary>
    private void FailAtEnd(string message) => Fail(Math.Max(0, _text.Length - 1), message);

    /// <summary>One token of code, or nothing where there is only space or a comment before the end.</summary>
    private TokenKind ReadCodeToken()
    {
        SkipSpaceAndComments();
        if (_at >= _text.Length) return TokenKind.End;
        var c = _text[_at];
        if (c == '\n' || c == '\r') ReadNewLine();
        else if (char.IsLetter(c) || c == '_') ReadIdentifier();
        else if (char.IsAsciiDigit(c)) ReadNumber();
        else if (c is '"' or '\'') ReadString(c);
        else if (c == '`') ReadVerbatim();
        else if (c == '$') ReadDollar();
        else ReadSymbol(c);
        return _tokens[^1].Kind;
    }

    private void ReadNewLine() => Add(TokenKind.NewLine, Peek() == '\r' && Peek(1) == '\n' ? 2 : 1);

    private void ReadIdentifier()
    {
        var end = _at + 1;
        while (end < _text.Length && IsNamePart(_text[end])) end++;
        // `empty?` is the one member whose name ends with a question mark.
        if (end < _text.Length && _text[end] == '?' && _at > 0 && _text[_at - 1] == '.' && _text.AsSpan(_at..end) is "empty") end++;
        Add(TokenKind.Identifier, end - _at, _text[_at..end]);
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void ReadDollar()
    {
        if (Peek(1) is '"' or '\'')
        {
            ReadInterpolated();
            return;
        }

        var end = _at + 1;
        if (end < _text.Length && _text[end] == '$') end++;
        else if (end < _text.Length && char.IsAsciiDigit(_text[end])) while (end < _text.Length && char.IsAsciiDigit(_text[end])) end++;
        else while (end < _text.Length && IsNamePart(_text[end])) end++;
        Add(TokenKind.Local, end - _at, _text[(_at + 1)..end]);
    }

    private void SkipSpaceAndComments()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '#') SkipComment();
            else if (c is not ('\n' or '\r') && char.IsWhiteSpace(c)) _at++;
            else return;
        }
    }

    /// <summary>A comment ends at its line's end or, with two signs, at the next two; the end of the code block ends both.</summary>
    private void SkipComment()
    {
        var many = Peek(1) == '#';
        _at += many ? 2 : 1;
        while (_at < _text.Length)
        {
            if (AtCodeExit()) return;
            if (many && Peek() == '#' && Peek(1) == '#')
            {
                _at += 2;
                return;
            }

            if (!many && _text[_at] is '\n' or '\r') return;
            _at++;
        }
    }

    private bool AtCodeExit() =>
        (Peek() == '}' && Peek(1) == '}') || (Peek() is '-' or '~' && Peek(1) == '}' && Peek(2) == '}');
}
