namespace CxOrchestrator.Templating.Lexing;

internal sealed partial class Lexer
{
    private void ReadTemplate()
    {
        var strip = '\0';
        while (true)
        {
            strip = ReadText(strip);
            if (_at >= _text.Length) break;
            if (_text[_at + 1] == '%') strip = ReadEscapeBlock();
            else strip = ReadCode();
        }

        _tokens.Add(new Token(TokenKind.End, _text.Length, _text.Length));
    }

    /// <summary>Text up to the next block, stripped as the tags around it say. Ends at that block.</summary>
    /// <returns>Nothing to strip: the text took it.</returns>
    private char ReadText(char stripBefore)
    {
        var start = SkipStripped(stripBefore);
        var end = FindBlock(start);
        _at = end;
        var kept = end;
        if (end < _text.Length) kept = StripEnd(start, end, TagStrip(end));
        if (kept > start) _tokens.Add(new Token(TokenKind.Text, start, kept));
        return '\0';
    }

    private int SkipStripped(char strip)
    {
        var at = _at;
        if (strip == '-') while (at < _text.Length && char.IsWhiteSpace(_text[at])) at++;
        if (strip != '~') return at;
        while (at < _text.Length && _text[at] is ' ' or '\t' or '\r') at++;
        return at < _text.Length && _text[at] == '\n' ? at + 1 : at;
    }

    private int StripEnd(int start, int end, char strip)
    {
        if (strip == '-') while (end > start && char.IsWhiteSpace(_text[end - 1])) end--;
        if (strip == '~') while (end > start && _text[end - 1] is ' ' or '\t') end--;
        return end;
    }

    /// <summary>Offset of the next <c>{{</c> or <c>{%{</c>, or the end of the text.</summary>
    private int FindBlock(int from)
    {
        while (true)
        {
            var found = _text.AsSpan(from).IndexOf('{');
            if (found < 0) return _text.Length;
            var at = from + found;
            if (at + 1 < _text.Length && (_text[at + 1] == '{' || EscapeLevel(at) > 0)) return at;
            from = at + 1;
        }
    }

    /// <summary>Number of per cent signs in an escape block's opening tag; 0 where there is none.</summary>
    private int EscapeLevel(int at)
    {
        var end = at + 1;
        while (end < _text.Length && _text[end] == '%') end++;
        return end < _text.Length && _text[end] == '{' ? end - at - 1 : 0;
    }

    private char TagStrip(int at)
    {
        var behind = at + 2 + EscapeLevel(at);
        return behind < _text.Length && _text[behind] is '-' or '~' ? _text[behind] : '\0';
    }

    private char ReadEscapeBlock()
    {
        var level = EscapeLevel(_at);
        var start = _at + level + 2 + (TagStrip(_at) == '\0' ? 0 : 1);
        var close = "}" + new string('%', level) + "}";
        var end = start > _text.Length ? -1 : _text.IndexOf(close, start, StringComparison.Ordinal);
        if (end < 0)
        {
            Fail(_at, $"The escape block is not closed: `{close}` is missing.");
            _at = _text.Length;
            return '\0';
        }

        _at = end + close.Length;
        var strip = end > start && _text[end - 1] is '-' or '~' ? _text[end - 1] : '\0';
        if (strip != '\0') end--;
        if (end > start) _tokens.Add(new Token(TokenKind.Text, start, end));
        return strip;
    }

    private char ReadCode()
    {
        var strip = TagStrip(_at);
        Add(TokenKind.CodeEnter, strip == '\0' ? 2 : 3, strip == '\0' && _autoIndent ? IndentBefore(_at) : null);
        _braces = 0;
        while (_at < _text.Length)
        {
            if (ReadCodeToken() != TokenKind.CodeExit) continue;
            return _tokens[^1].Value?[0] ?? '\0';
        }

        return '\0';
    }

    /// <summary>
    /// The white space before a tag that stands first on its line, possibly none; null for any other tag. Space that was
    /// stripped is no indentation.
    /// </summary>
    private string? IndentBefore(int tag)
    {
        var start = tag;
        if (_tokens.Count > 0 && _tokens[^1] is { Kind: TokenKind.Text } text && text.End == tag)
        {
            while (start > text.Start && _text[start - 1] is ' ' or '\t') start--;
        }

        return start == 0 || _text[start - 1] == '\n' ? _text[start..tag] : null;
    }
}
