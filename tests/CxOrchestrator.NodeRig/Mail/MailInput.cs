using System.Net.Sockets;
using System.Text;

namespace CxOrchestrator.NodeRig.Mail;

/// <summary>What a caller sends, as lines and as messages. Before it waits for more it sends the replies that were written, as a server with PIPELINING does.</summary>
internal sealed class MailInput(Socket socket)
{
    private readonly StringBuilder _replies = new();
    private byte[] _bytes = new byte[64 * 1024];
    private int _begin;
    private int _end;

    /// <summary>Writes a reply; it leaves when the next bytes are waited for.</summary>
    public void Reply(string line) => _replies.Append(line).Append("\r\n");

    /// <summary>The next line without its end; null where the caller has hung up.</summary>
    public async Task<string?> LineAsync()
    {
        while (true)
        {
            var length = _bytes.AsSpan(_begin, _end - _begin).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_bytes, _begin, length);
                _begin += length + 2;
                return line;
            }

            if (!await MoreAsync())
                return null;
        }
    }

    /// <summary>Message-ID and subject of the message that begins here, once its end has come; null where the caller has hung up before.</summary>
    public async Task<(string Id, string Subject)?> MessageAsync()
    {
        while (true)
        {
            var here = _bytes.AsSpan(_begin, _end - _begin);
            var length = here.StartsWith(".\r\n"u8) ? -2 : here.IndexOf("\r\n.\r\n"u8);
            if (length != -1)
            {
                var head = here[..Math.Max(0, here[..Math.Max(0, length)].IndexOf("\r\n\r\n"u8))];
                var found = (Header(head, "\r\nMessage-ID:").Trim('<', '>'), Header(head, "\r\nSubject:"));
                _begin += length + 5;
                return found;
            }

            if (!await MoreAsync())
                return null;
        }
    }

    /// <summary>Sends what was replied.</summary>
    public async Task FlushAsync()
    {
        if (_replies.Length == 0)
            return;
        var bytes = Encoding.ASCII.GetBytes(_replies.ToString());
        _replies.Clear();
        for (var sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes.AsMemory(sent), SocketFlags.None);
    }

    private async Task<bool> MoreAsync()
    {
        await FlushAsync();
        if (_begin > 0)
        {
            _bytes.AsSpan(_begin, _end - _begin).CopyTo(_bytes);
            (_begin, _end) = (0, _end - _begin);
        }

        if (_end == _bytes.Length)
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        var read = await socket.ReceiveAsync(_bytes.AsMemory(_end), SocketFlags.None);
        _end += read;
        return read > 0;
    }

    private static string Header(ReadOnlySpan<byte> head, string name)
    {
        var text = Encoding.UTF8.GetString(head);
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return "";
        var end = text.IndexOf("\r\n", at + name.Length, StringComparison.Ordinal);
        return (end < 0 ? text[(at + name.Length)..] : text[(at + name.Length)..end]).Trim();
    }
}
