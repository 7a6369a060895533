using System.Buffers;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>The text written so far, in a pooled array; indents lines and keeps the limit.</summary>
internal sealed class Output
{
    private readonly int _limit;
    private readonly bool _cut;
    private char[] _buffer;
    private int _length;
    private bool _lineStart;
    private bool _full;

    /// <param name="limit">Characters, 0 for no limit.</param>
    /// <param name="cut">End a text that is too long with dots, as Scriban does, instead of an error.</param>
    /// <param name="expected">Characters to have room for at once.</param>
    public Output(int limit, bool cut, int expected)
    {
        _limit = limit == 0 ? int.MaxValue : limit;
        _cut = cut;
        _buffer = ArrayPool<char>.Shared.Rent(expected);
    }

    /// <summary>White space put before each further line; null for none.</summary>
    public string? Indent { get; set; }

    /// <summary>Number of characters.</summary>
    public int Length => _length;

    /// <summary>Writes text.</summary>
    /// <exception cref="ArgumentFault">The limit is reached.</exception>
    public void Write(ReadOnlySpan<char> text)
    {
        if (text.Length == 0) return;
        if (Indent is null)
        {
            Append(text);
            _lineStart = text[^1] == '\n';
            return;
        }

        WriteIndented(text, Indent);
    }

    /// <summary>Writes a value without a string in between.</summary>
    public void Write<T>(T value, ReadOnlySpan<char> format, IFormatProvider culture)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        if (value.TryFormat(text, out var length, format, culture)) Write(text[..length]);
        else Write(value.ToString(format.ToString(), culture));
    }

    /// <summary>The text; the array goes back to the pool and nothing may be written any more.</summary>
    public string Finish()
    {
        var text = new string(_buffer, 0, _length);
        Abandon();
        return text;
    }

    /// <summary>Gives the array back without a text.</summary>
    public void Abandon()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0) ArrayPool<char>.Shared.Return(buffer);
    }

    private void WriteIndented(ReadOnlySpan<char> text, string indent)
    {
        while (text.Length > 0)
        {
            if (_lineStart) Append(indent);
            var end = text.IndexOf('\n') + 1;
            var line = end == 0 ? text : text[..end];
            Append(line);
            _lineStart = end > 0;
            text = text[line.Length..];
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _limit - _length)
        {
            AppendCut(text);
            return;
        }

        if (text.Length > _buffer.Length - _length) Grow(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private void AppendCut(ReadOnlySpan<char> text)
    {
        if (!_cut) throw new ArgumentFault(-1, $"The text is longer than the limit of {_limit} characters.");
        if (_full) return;
        _full = true;
        var kept = text[..(_limit - _length)];
        if (kept.Length + 3 > _buffer.Length - _length) Grow(kept.Length + 3);
        kept.CopyTo(_buffer.AsSpan(_length));
        "...".CopyTo(_buffer.AsSpan(_length + kept.Length));
        _length += kept.Length + 3;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + more, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
