using System.Text;

namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>Reads lines of bytes from a stream and knows whether more has come already.</summary>
internal sealed class LineStream(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public Stream Stream => stream;

    public bool HasMore => _start < _end;

    /// <summary>One line with its line break, or null at the end of the stream.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        using var line = new MemoryStream();
        while (true)
        {
            var newLine = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var take = newLine < 0 ? _end - _start : newLine + 1;
            line.Write(_buffer, _start, take);
            _start += take;
            if (newLine >= 0)
            {
                return line.ToArray();
            }

            _start = 0;
            _end = await stream.ReadAsync(_buffer, cancellation);
            if (_end == 0)
            {
                return null;
            }
        }
    }

    /// <summary>One line of text without its line break, or null at the end of the stream.</summary>
    public async Task<string?> ReadTextAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) is { } line ? Encoding.UTF8.GetString(line).TrimEnd('\r', '\n') : null;

    public async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await stream.FlushAsync(cancellation);
    }
}
