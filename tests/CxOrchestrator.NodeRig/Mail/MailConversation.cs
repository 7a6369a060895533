using System.Net.Sockets;

namespace CxOrchestrator.NodeRig.Mail;

/// <summary>One connection to the mail server.</summary>
internal sealed class MailConversation(Socket socket, MailRecord record, MailManners manners) : IDisposable
{
    private readonly MailInput _input = new(socket);
    private string? _recipient;

    /// <summary>The name that the caller greeted with; empty before.</summary>
    public string By { get; private set; } = "";

    /// <summary>Talks until the caller hangs up or is cut off.</summary>
    public async Task TalkAsync()
    {
        try
        {
            _input.Reply("220 sink.example ESMTP");
            while (await _input.LineAsync() is { } line)
            {
                if (!await ObeyAsync(line))
                    return;
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Cut off, by us or by the end of the caller.
        }
    }

    /// <summary>Cuts the connection at once: what was not sent is lost, and the caller sees a reset.</summary>
    public void Cut()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private async Task<bool> ObeyAsync(string line)
    {
        var verb = line.Split(' ', 2)[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO" or "HELO":
                By = line[4..].Trim();
                if (verb == "EHLO")
                    _input.Reply("250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME");
                _input.Reply("250 SMTPUTF8");
                break;
            case "RCPT":
                Recipient(line);
                break;
            case "DATA":
                return await DataAsync();
            case "QUIT":
                _input.Reply("221 bye");
                await _input.FlushAsync();
                return false;
            default:
                _input.Reply(verb is "MAIL" or "RSET" or "NOOP" ? "250 ok" : "500 what?");
                _recipient = null;
                break;
        }

        return true;
    }

    private void Recipient(string line)
    {
        if (manners.Fate() == 1)
        {
            _input.Reply("451 4.3.2 not now");
            return;
        }

        _recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
        _input.Reply("250 ok");
    }

    private async Task<bool> DataAsync()
    {
        if (_recipient is not { } recipient)
        {
            _input.Reply("554 5.5.1 no valid recipients");
            return true;
        }

        _input.Reply("354 go on");
        if (await _input.MessageAsync() is not { } message)
            return false;
        var key = message.Id.Split('@')[0];
        _recipient = null;
        if (manners.Fate() == 2)
        {
            _input.Reply("451 4.3.0 not now");
            return true;
        }

        // Taken before it is answered: whoever is stopped in between leaves a message that arrives.
        record.Add(new TakenMail(key, recipient, message.Subject, By, TimeProvider.System.GetUtcNow()));
        if (manners.TimePerMessage > TimeSpan.Zero)
            await Task.Delay(manners.TimePerMessage);
        _input.Reply($"250 2.0.0 taken as {key}");
        return true;
    }
}
