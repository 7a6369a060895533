using System.Text;

namespace CxOrchestrator.Engine.Import;

/// <summary>A line of a file as it stands there.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without the line's end.</param>
/// <param name="End">The line's end: <c>\n</c>, <c>\r\n</c>, <c>\r</c>, or empty for the last one.</param>
/// <param name="TooLong">True where the line is longer than any that is read; the text is its beginning.</param>
internal sealed record FileLine(long Number, string Text, string End, bool TooLong);

/// <summary>Reads lines of UTF-8 with any line ends, none longer than a limit, so that no file can fill the memory.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    /// <summary>Characters of one line that are kept.</summary>
    public const int LongestLine = 16_777_216;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 65_536);
    private readonly char[] _buffer = new char[65_536];
    private int _at;
    private int _filled;
    private long _number;

    /// <summary>The next line, or null at the end of the file.</summary>
    public async Task<FileLine?> NextAsync(CancellationToken cancellation)
    {
        StringBuilder? text = null;
        var tooLong = false;
        while (await FillAsync(cancellation))
        {
            var rest = _buffer.AsMemory(_at, _filled - _at);
            var end = rest.Span.IndexOfAny('\n', '\r');
            var piece = end < 0 ? rest : rest[..end];
            _at += piece.Length;
            text ??= new StringBuilder(piece.Length);
            tooLong |= text.Length + piece.Length > LongestLine;
            if (!tooLong)
                text.Append(piece);
            if (end >= 0)
                return new FileLine(++_number, text.ToString(), await EndAsync(cancellation), tooLong);
        }

        return text is null ? null : new FileLine(++_number, text.ToString(), "", tooLong);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private async Task<string> EndAsync(CancellationToken cancellation)
    {
        if (_buffer[_at++] == '\n')
            return "\n";
        if (!await FillAsync(cancellation) || _buffer[_at] != '\n')
            return "\r";
        _at++;
        return "\r\n";
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (_at < _filled)
            return true;
        _at = 0;
        _filled = await _reader.ReadAsync(_buffer.AsMemory(), cancellation);
        return _filled > 0;
    }
}
