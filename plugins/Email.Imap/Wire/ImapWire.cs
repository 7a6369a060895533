using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>
/// The bytes of one connection: writes commands, reads responses with their literals, each within limits. A peer that is gone shows as
/// <see cref="IOException"/>, one that talks nonsense as <see cref="ImapFault"/>.
/// </summary>
/// <param name="socket">Connected.</param>
/// <param name="longestLiteral">Bytes of a literal that are taken.</param>
internal sealed class ImapWire(Socket socket, int longestLiteral) : IAsyncDisposable
{
    // A SEARCH answers on one line, with a number for each message.
    private const int LongestLine = 4 * 1024 * 1024;
    private const int MostLiterals = 20;
    private readonly List<string> _secrets = [];
    private readonly byte[] _buffer = new byte[32 * 1024];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    /// <summary>True once TLS stands.</summary>
    public bool IsEncrypted => _stream is SslStream;

    /// <summary>The peer's address.</summary>
    public IPAddress? RemoteAddress => (socket.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>Masks words in what the server says.</summary>
    public void Conceal(IEnumerable<string> secrets) => _secrets.AddRange(secrets.Where(secret => secret.Length > 0));

    /// <summary>A text of the server's, fit to be shown: secrets masked, no controls, at most 300 characters.</summary>
    public string Safe(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "••••••", StringComparison.Ordinal);
        }

        var printable = new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return printable.Length > 300 ? printable[..300] + "…" : printable;
    }

    /// <summary>Sends with one write.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await _stream.FlushAsync(cancellation);
    }

    /// <summary>Reads one response, with the literals in it.</summary>
    public async Task<ImapResponse> ReadAsync(CancellationToken cancellation)
    {
        var pieces = new List<string>();
        var literals = new List<byte[]>();
        while (true)
        {
            var line = await ReadLineAsync(cancellation);
            if (LiteralLength(line) is not { } length)
            {
                pieces.Add(line);
                return ImapResponse.Of(pieces, literals);
            }

            if (length > longestLiteral || literals.Count == MostLiterals)
            {
                throw new ImapFault("The server's answer is longer than what was asked for.");
            }

            pieces.Add(line[..line.LastIndexOf('{')]);
            literals.Add(await ReadExactlyAsync(length, cancellation));
        }
    }

    /// <summary>Upgrades to TLS.</summary>
    public async Task EncryptAsync(SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        // Whoever sits in the middle could put responses of their own before the handshake, to be taken for protected ones.
        if (_start != _end)
        {
            throw new ImapFault("The server spoke between STARTTLS and the handshake.");
        }

        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        await secured.AuthenticateAsClientAsync(options, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    // "... {123}" at the end of a line: so many bytes follow, and then the line goes on.
    private static long? LiteralLength(string line)
    {
        var open = line.EndsWith('}') ? line.LastIndexOf('{') : -1;
        return open >= 0 && long.TryParse(line.AsSpan(open + 1, line.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellation)
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
                return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r', '\n');
            }

            if (line.Length > LongestLine)
            {
                throw new ImapFault("The server's answer has a line without an end.");
            }

            await FillAsync(cancellation);
        }
    }

    private async Task<byte[]> ReadExactlyAsync(long length, CancellationToken cancellation)
    {
        var bytes = new byte[length];
        for (var done = 0; done < bytes.Length;)
        {
            if (_start == _end)
            {
                await FillAsync(cancellation);
            }

            var take = Math.Min(_end - _start, bytes.Length - done);
            _buffer.AsSpan(_start, take).CopyTo(bytes.AsSpan(done));
            _start += take;
            done += take;
        }

        return bytes;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        _start = 0;
        _end = 0;
        _end = await _stream.ReadAsync(_buffer, cancellation);
        if (_end == 0)
        {
            throw new EndOfStreamException("The server closed the connection.");
        }
    }
}
