using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>
/// The bytes of one connection: writes flights, reads replies. A peer that is gone or talks nonsense shows as <see cref="IOException"/>.
/// </summary>
internal sealed class SmtpWire(Socket socket, IEnumerable<string> secrets) : IAsyncDisposable
{
    private const int MaxLine = 4096;
    private const int MaxLines = 200;
    private readonly List<string> _secrets = [.. secrets];
    private readonly byte[] _buffer = new byte[8192];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    /// <summary>True once TLS stands.</summary>
    public bool IsEncrypted => _stream is SslStream;

    /// <summary>The peer's address.</summary>
    public IPAddress? RemoteAddress => (socket.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>Our side's address, for a greeting without a name.</summary>
    public IPAddress? LocalAddress => (socket.LocalEndPoint as IPEndPoint)?.Address;

    /// <summary>
    /// True where the peer has certainly closed. Waiting bytes prove nothing: TLS 1.3 tickets come after the handshake.
    /// </summary>
    public bool LooksClosed
    {
        get
        {
            try
            {
                return socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0;
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }
    }

    /// <summary>Masks more words in what the server says.</summary>
    public void Conceal(IEnumerable<string> secrets) => _secrets.AddRange(secrets);

    /// <summary>Sends one flight with one write.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> flight, CancellationToken cancellation)
    {
        await _stream.WriteAsync(flight, cancellation);
        await _stream.FlushAsync(cancellation);
    }

    /// <summary>A reply of one line that has come already; null where there is none, and the next is to be waited for.</summary>
    public SmtpReply? TakeReply()
    {
        var come = _buffer.AsSpan(_start, _end - _start);
        var end = come.IndexOf((byte)'\n');
        if (end is < 4 or > MaxLine || come[3] != ' ' || come[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        _start += end + 1;
        var code = ((come[0] - '0') * 100) + ((come[1] - '0') * 10) + come[2] - '0';
        return new SmtpReply(code, [Safe(Encoding.UTF8.GetString(come[4..end]).TrimEnd('\r'))]);
    }

    /// <summary>Reads one reply, of one line or many.</summary>
    public async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        int? code = null;
        while (true)
        {
            if (_start == _end)
            {
                await FillAsync(cancellation);
            }

            if (lines.Count == 0 && TakeReply() is { } whole)
            {
                return whole;
            }

            var line = await ReadLineAsync(cancellation);
            if (line.Length < 3
                || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || (line.Length > 3 && line[3] is not (' ' or '-'))
                || (code is not null && code != number)
                || lines.Count == MaxLines)
            {
                throw new IOException("The server's answer is not SMTP.");
            }

            code = number;
            lines.Add(Safe(line.Length > 4 ? line[4..] : ""));
            if (line.Length == 3 || line[3] == ' ')
            {
                return new SmtpReply(number, lines);
            }
        }
    }

    /// <summary>Upgrades to TLS.</summary>
    public async Task EncryptAsync(SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        // Whoever sits in the middle could put replies of their own before the handshake, to be taken for protected ones.
        if (_start != _end)
        {
            throw new IOException("The server spoke between STARTTLS and the handshake.");
        }

        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        await secured.AuthenticateAsClientAsync(options, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        _start = 0;
        _end = 0;
        _end = await _stream.ReadAsync(_buffer, cancellation);
        if (_end == 0)
        {
            throw new EndOfStreamException("The server closed the connection.");
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            var newLine = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var take = newLine < 0 ? _end - _start : newLine + 1;
            line.Append(Encoding.UTF8.GetString(_buffer, _start, take));
            _start += take;
            if (newLine >= 0)
            {
                return line.ToString().TrimEnd('\r', '\n');
            }

            if (line.Length > MaxLine)
            {
                throw new IOException("The server's answer has a line without an end.");
            }

            await FillAsync(cancellation);
        }
    }

    // A server may echo what it was sent; replies end up in logs and on pages.
    private string Safe(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "••••••", StringComparison.Ordinal);
        }

        var printable = (text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]) : text).Trim();
        return printable.Length > 300 ? printable[..300] + "…" : printable;
    }
}
