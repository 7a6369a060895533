using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// Finds the start tags of HTML, also of HTML with template code in it: what a reader of mail would take for a tag. Comments, and what stands in
/// <c>style</c>, <c>script</c>, <c>title</c> and <c>textarea</c>, are passed over.
/// </summary>
internal sealed class HtmlScanner
{
    private static readonly string[] RawText = ["style", "script", "title", "textarea"];

    private readonly string _text;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    private HtmlScanner(string text) => _text = text;

    /// <summary>The tags, in order.</summary>
    public static IEnumerable<HtmlTag> Tags(CompiledTemplate template)
    {
        var scanner = new HtmlScanner(template.Markup);
        while (scanner.Next() is { } tag)
            yield return tag;
    }

    private HtmlTag? Next()
    {
        while ((_at = _text.IndexOf('<', _at)) >= 0)
        {
            if (_text.AsSpan(_at).StartsWith("<!--"))
                _at = After("-->", _at + 4);
            else if (_at + 1 < _text.Length && char.IsAsciiLetter(_text[_at + 1]))
                return Tag();
            else
                _at++;
        }

        _at = _text.Length;
        return null;
    }

    private HtmlTag Tag()
    {
        var (line, column) = Place(_at);
        _at++;
        var name = Word("/>").ToLowerInvariant();
        var attributes = new List<HtmlAttribute>();
        while (_at < _text.Length && _text[_at] != '>')
        {
            if (IsSpace(_text[_at]) || _text[_at] is '/' or CompiledTemplate.Code)
                _at++;
            else
                attributes.Add(Attribute());
        }

        _at = Math.Min(_at + 1, _text.Length);
        if (RawText.Contains(name))
            _at = After($"</{name}", _at);
        return new HtmlTag(name, line, column, attributes);
    }

    private HtmlAttribute Attribute()
    {
        var place = Place(_at);
        var first = _text[_at] == '=' ? _text[_at++].ToString() : "";
        var name = first + Word("/>=").ToLowerInvariant();
        var mark = _at;
        Spaces();
        if (_at >= _text.Length || _text[_at] != '=')
        {
            _at = mark;
            return new HtmlAttribute(name, "", place.Line, place.Column);
        }

        _at++;
        Spaces();
        if (_at < _text.Length && _text[_at] is '"' or '\'')
        {
            var quote = _text[_at++];
            place = Place(_at);
            var end = _text.IndexOf(quote, _at) is >= 0 and var found ? found : _text.Length;
            var quoted = _text[_at..end];
            _at = Math.Min(end + 1, _text.Length);
            return new HtmlAttribute(name, quoted, place.Line, place.Column);
        }

        place = Place(_at);
        return new HtmlAttribute(name, Word(">"), place.Line, place.Column);
    }

    private string Word(string ends)
    {
        var start = _at;
        while (_at < _text.Length && !IsSpace(_text[_at]) && !ends.Contains(_text[_at], StringComparison.Ordinal))
            _at++;
        return _text[start.._at];
    }

    private void Spaces()
    {
        while (_at < _text.Length && IsSpace(_text[_at]))
            _at++;
    }

    private int After(string end, int from) =>
        _text.IndexOf(end, Math.Min(from, _text.Length), StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? found + end.Length : _text.Length;

    // Called with places in order, so that each line is counted once.
    private (int Line, int Column) Place(int offset)
    {
        for (; _counted < offset; _counted++)
        {
            if (_text[_counted] == '\n')
                (_line, _lineStart) = (_line + 1, _counted + 1);
        }

        return (_line, offset - _lineStart + 1);
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\r' or '\n' or '\f';
}
