using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>One connection of a <see cref="ScriptedSmtpServer"/>.</summary>
internal sealed class ScriptedSmtpSession(ScriptedSmtpServer server, TcpClient client, int number)
{
    private readonly StringBuilder _held = new();
    private readonly List<string> _to = [];
    private LineStream _lines = new(client.GetStream());
    private CancellationToken _stop;
    private Task _cut = Task.CompletedTask;
    private string? _user;
    private string? _from;
    private string _parameters = "";
    private bool _isEncrypted;

    private SmtpServerOptions Options => server.Options;

    /// <summary>Talks until either side ends it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _stop = stop;
        using var closing = client;
        client.NoDelay = true;
        try
        {
            await TalkAsync();
        }
        catch (Exception end) when (end is SmtpEnd or IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // Dropped by the script, left by the client, or stopped.
        }
    }

    private async Task TalkAsync()
    {
        if (Options.ImplicitTls)
        {
            await EncryptAsync();
        }

        await AnswerAsync(SmtpStage.Connect, "220 scripted.test ESMTP");
        while (await _lines.ReadTextAsync(_stop) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            server.Record(new ReceivedCommand(number, verb == "AUTH" ? string.Join(' ', line.Split(' ').Take(2)) : line, _lines.HasMore));
            await (verb switch
            {
                "EHLO" or "HELO" => AnswerAsync(SmtpStage.Ehlo, verb == "EHLO" ? Ehlo() : "250 scripted.test"),
                "STARTTLS" => StartTlsAsync(),
                "AUTH" => SignInAsync(line),
                "MAIL" => MailAsync(line),
                "RCPT" => RcptAsync(line),
                "DATA" => DataAsync(),
                "RSET" => ResetAsync(),
                "NOOP" => AnswerAsync(SmtpStage.Noop, "250 2.0.0 Ok"),
                "QUIT" => QuitAsync(),
                _ => WriteAsync("500 5.5.2 What?"),
            });
        }
    }

    private string Ehlo()
    {
        List<string> lines = ["scripted.test"];
        Add(Options.Pipelining, "PIPELINING");
        Add(Options.EightBitMime, "8BITMIME");
        Add(Options.SmtpUtf8, "SMTPUTF8");
        Add(Options.Dsn, "DSN");
        Add(Options.Size is not null, $"SIZE {Options.Size}");
        Add(Options.StartTls && !_isEncrypted, "STARTTLS");
        Add(Options.AuthMechanisms.Count > 0, "AUTH " + string.Join(' ', Options.AuthMechanisms));
        Add(true, "ENHANCEDSTATUSCODES");
        return string.Join('\n', lines.Select((line, i) => $"250{(i == lines.Count - 1 ? ' ' : '-')}{line}"));

        void Add(bool offered, string line)
        {
            if (offered)
            {
                lines.Add(line);
            }
        }
    }

    private async Task StartTlsAsync()
    {
        if (await AnswerAsync(SmtpStage.StartTls, "220 2.0.0 Ready" + (Options.InjectedAfterStartTls is { } more ? "\n" + more : "")) == 220)
        {
            await EncryptAsync();
        }
    }

    private async Task EncryptAsync()
    {
        var secured = new SslStream(_lines.Stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, _stop);
        _lines = new LineStream(secured);
        _isEncrypted = true;
    }

    private async Task SignInAsync(string line)
    {
        var (user, reply) = await new ScriptedSignIn(Options, _lines, _stop).RunAsync(line);
        if (await AnswerAsync(SmtpStage.Auth, reply) == 235)
        {
            _user = user;
        }
    }

    private async Task MailAsync(string line)
    {
        var reply = Options.UserName is not null && _user is null ? "530 5.7.0 Authentication required"
            : _from is not null ? "503 5.5.1 Nested MAIL"
            : Unoffered(line) is { } parameter ? $"555 5.5.4 Unsupported option: {parameter}" : "250 2.1.0 Ok";
        if (await AnswerAsync(SmtpStage.Mail, reply, holds: true) == 250)
        {
            var close = line.IndexOf('>', StringComparison.Ordinal);
            _from = Path(line);
            _parameters = line[(close + 1)..].Trim();
        }
    }

    private async Task RcptAsync(string line)
    {
        if (await AnswerAsync(SmtpStage.Rcpt, _from is null ? "503 5.5.1 Need MAIL" : Unoffered(line) is { } parameter ? $"555 5.5.4 Unsupported option: {parameter}" : "250 2.1.5 Ok", holds: true) is 250 or 251)
        {
            _to.Add(Path(line));
        }
    }

    // Real servers refuse what they did not offer; a client that sends it anyway must not pass here.
    private string? Unoffered(string line) => line[(line.IndexOf('>', StringComparison.Ordinal) + 1)..]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=')[0].ToUpperInvariant())
        .FirstOrDefault(name => name switch
        {
            "RET" or "ENVID" or "NOTIFY" or "ORCPT" => !Options.Dsn,
            "SIZE" => Options.Size is null,
            "BODY" => !Options.EightBitMime,
            "SMTPUTF8" => !Options.SmtpUtf8,
            _ => true,
        });

    private async Task DataAsync()
    {
        var reply = _from is null ? "503 5.5.1 Need MAIL" : _to.Count == 0 ? "554 5.5.1 No valid recipients" : "354 Go on";
        if (await AnswerAsync(SmtpStage.Data, reply) != 354)
        {
            return;
        }

        using var data = new MemoryStream();
        while (true)
        {
            var line = await _lines.ReadAsync(_stop) ?? throw new SmtpEnd();
            if (line.AsSpan().SequenceEqual(".\r\n"u8))
            {
                break;
            }

            if (data.Length == 0 && server.Next(SmtpStage.Body) is { Drops: true })
            {
                throw new SmtpEnd();
            }

            data.Write(line.AsSpan(line[0] == '.' ? 1 : 0));
        }

        await FinishAsync(data.ToArray());
    }

    private async Task FinishAsync(byte[] data)
    {
        var act = Next(SmtpStage.FinalDot);
        var reply = act is null ? _to.Count == 0 ? "554 5.5.1 No valid recipients" : $"250 2.0.0 Ok: queued as Q{number}-{server.MailCount}" : act.Reply;
        server.Record(new ReceivedMail(number, _from ?? "", _parameters, [.. _to], data, reply, _user, _isEncrypted));
        Forget();
        await ActAsync(reply, act?.Drops == true);
    }

    private async Task ResetAsync()
    {
        Forget();
        await AnswerAsync(SmtpStage.Rset, "250 2.0.0 Ok");
    }

    private async Task QuitAsync()
    {
        await AnswerAsync(SmtpStage.Quit, "221 2.0.0 Bye");
        throw new SmtpEnd();
    }

    private void Forget()
    {
        _from = null;
        _to.Clear();
    }

    private async Task<int> AnswerAsync(SmtpStage stage, string usual, bool holds = false)
    {
        var act = Next(stage);
        var reply = act is null ? usual : act.Reply;
        if (holds && Options.HoldRepliesUntilData && reply is not null && act?.Drops != true)
        {
            _held.Append(reply.ReplaceLineEndings("\r\n")).Append("\r\n");
        }
        else
        {
            await ActAsync(reply, act?.Drops == true);
        }

        return int.TryParse(reply.AsSpan(0, 3), out var code) ? code : 0;
    }

    // A cut that comes right after the stage was seen to be reached must end the wait that is about to begin.
    private SmtpAct? Next(SmtpStage stage)
    {
        _cut = server.UntilCut;
        return server.Next(stage);
    }

    private async Task ActAsync(string? reply, bool drops)
    {
        if (reply is not null)
        {
            await WriteAsync(reply);
        }
        else if (!drops)
        {
            await _cut.WaitAsync(_stop);
            throw new SmtpEnd();
        }

        if (drops)
        {
            throw new SmtpEnd();
        }
    }

    private Task WriteAsync(string reply)
    {
        var text = _held + reply.ReplaceLineEndings("\r\n") + "\r\n";
        _held.Clear();
        return _lines.WriteAsync(text, _stop);
    }

    private static string Path(string line)
    {
        var open = line.IndexOf('<', StringComparison.Ordinal);
        var close = line.IndexOf('>', StringComparison.Ordinal);
        return open >= 0 && close > open ? line[(open + 1)..close] : line;
    }

    private sealed class SmtpEnd : Exception;
}
