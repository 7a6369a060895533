using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>One connection of a <see cref="ScriptedImapServer"/>.</summary>
internal sealed partial class ScriptedImapSession(ScriptedImapServer server, Stream stream, CancellationToken stop)
{
    private readonly StreamReader _reader = ReaderOf(stream);
    private bool _signedIn;

    public bool Greets { get; init; } = true;

    private ImapServerOptions Options => server.Options;

    /// <summary>Talks until either side ends it; gives the stream where it is to be encrypted.</summary>
    public async Task<Stream?> RunAsync()
    {
        if (Greets && !await MisbehavesAsync("GREETING", "*"))
        {
            await WriteAsync("* OK [CAPABILITY IMAP4rev1] scripted.test ready");
        }

        while (await _reader.ReadLineAsync(stop) is { } line)
        {
            var (tag, command) = line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, "");
            var verb = string.Join(' ', command.Split(' ').Take(command.StartsWith("UID ", StringComparison.OrdinalIgnoreCase) ? 2 : 1)).ToUpperInvariant();
            if (await MisbehavesAsync(verb is "LOGIN" or "AUTHENTICATE" ? verb : command, tag))
            {
                continue;
            }

            switch (verb)
            {
                case "CAPABILITY":
                    await WriteAsync($"* CAPABILITY {Capabilities()}\r\n{tag} OK done");
                    break;
                case "STARTTLS":
                    await WriteAsync($"{tag} OK begin" + (Options.InjectedAfterStartTls is { } more ? "\r\n" + more : ""));
                    return stream;
                case "LOGIN":
                    await LoginAsync(tag, command);
                    break;
                case "AUTHENTICATE":
                    await AuthenticateAsync(tag, command.Split(' '));
                    break;
                case "LOGOUT":
                    await WriteAsync($"* BYE see you\r\n{tag} OK done");
                    return null;
                case var _ when !_signedIn:
                    await WriteAsync($"{tag} NO sign in first");
                    break;
                case "SELECT" or "EXAMINE":
                    await WriteAsync($"* FLAGS (\\Seen)\r\n* {server.Messages.Count} EXISTS\r\n* OK [UIDVALIDITY {server.Validity}] it's (so\r\n* OK [UIDNEXT {server.NextUid}] next\r\n{tag} OK [READ-ONLY] done");
                    break;
                case "UID SEARCH":
                    await WriteAsync($"* SEARCH{string.Concat(Search(command).Select(uid => $" {uid}"))}\r\n{tag} OK done");
                    break;
                case "UID FETCH":
                    await FetchAsync(tag, command);
                    break;
                case "UID STORE":
                    server.Messages.Where(message => Set(command).Contains(message.Uid)).ToList().ForEach(message => message.Seen = true);
                    await WriteAsync($"{tag} OK done");
                    break;
                case "UID MOVE":
                    server.Move(Set(command), command.Split(' ', 4)[3].Trim('"'));
                    await WriteAsync($"{tag} OK done");
                    break;
                default:
                    await WriteAsync($"{tag} BAD what?");
                    break;
            }
        }

        return null;
    }

    private string Capabilities() => string.Join(' ', new[]
    {
        "IMAP4rev1",
        Options.StartTls && Greets ? "STARTTLS" : "",
        Options.SaslIr ? "SASL-IR" : "",
        Options.LoginDisabled ? "LOGINDISABLED" : "",
        Options.Move && _signedIn ? "MOVE" : "",
        string.Join(' ', Options.Mechanisms.Select(mechanism => "AUTH=" + mechanism)),
    }.Where(word => word.Length > 0));

    private async Task LoginAsync(string tag, string command)
    {
        var words = command[6..].Split(' ').ToList();
        while (words[^1].EndsWith('}'))
        {
            var length = int.Parse(words[^1].Trim('{', '}'), CultureInfo.InvariantCulture);
            words.RemoveAt(words.Count - 1);
            await WriteAsync("+ go on");
            var literal = new char[length];
            await _reader.ReadBlockAsync(literal, stop);
            words.Add(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(literal)));
            words.AddRange((await _reader.ReadLineAsync(stop))!.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        await EndSignInAsync(tag, words is [var user, var password] && user.Trim('"') == Options.UserName && password.Trim('"') == Options.Password);
    }

    private async Task AuthenticateAsync(string tag, string[] words)
    {
        var response = words.ElementAtOrDefault(2);
        if (response is null)
        {
            await WriteAsync("+ ");
            response = await _reader.ReadLineAsync(stop) ?? "";
        }

        var text = Encoding.UTF8.GetString(Convert.FromBase64String(response));
        var good = words[1] == "XOAUTH2"
            ? text == $"user={Options.UserName}\u0001auth=Bearer {Options.AccessToken?.Invoke()}\u0001\u0001"
            : text == $"\0{Options.UserName}\0{Options.Password}";
        if (!good && words[1] == "XOAUTH2")
        {
            await WriteAsync("+ eyJzdGF0dXMiOiI0MDEifQ==");
            Assert.Equal("", await _reader.ReadLineAsync(stop));
        }

        await EndSignInAsync(tag, good);
    }

    private Task EndSignInAsync(string tag, bool good)
    {
        _signedIn = good;
        return WriteAsync(good ? $"{tag} OK welcome" : $"{tag} NO [AUTHENTICATIONFAILED] wrong");
    }

    private IEnumerable<uint> Search(string command)
    {
        var from = uint.Parse(SearchFrom().Match(command).Groups[1].Value, CultureInfo.InvariantCulture);
        var since = SearchSince().Match(command) is { Success: true } match
            ? DateTimeOffset.ParseExact(match.Groups[1].Value, "d-MMM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : DateTimeOffset.MinValue;
        var all = server.Messages;

        // As the standard has it: "n:*" takes in the last message whatever n is.
        return all.Where(message => (message.Uid >= from || message == all[^1]) && message.ReceivedAt >= since).Select(message => message.Uid);
    }

    private async Task FetchAsync(string tag, string command)
    {
        var most = int.Parse(FetchLength().Match(command).Groups[1].Value, CultureInfo.InvariantCulture);
        foreach (var message in server.Messages.Where(message => Set(command).Contains(message.Uid)))
        {
            var content = message.Content.AsMemory(0, Math.Min(most, message.Content.Length));
            var date = message.ReceivedAt.ToString("dd-MMM-yyyy HH:mm:ss", CultureInfo.InvariantCulture);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"* {message.Uid} FETCH (UID {message.Uid} INTERNALDATE \"{date} +0000\" BODY[]<0> {{{content.Length}}}\r\n"), stop);
            await stream.WriteAsync(content, stop);
            await WriteAsync(")");
        }

        await WriteAsync($"{tag} OK done");
    }

    private async Task<bool> MisbehavesAsync(string command, string tag)
    {
        if (server.Meet(command) is not { } misdeed)
        {
            return false;
        }

        if (misdeed.Reply is { } reply)
        {
            await WriteAsync(reply.Replace("{tag}", tag, StringComparison.Ordinal));
        }
        else if (!misdeed.Drops)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }

        return !misdeed.Drops ? true : throw new IOException("Dropped by the script.");
    }

    private async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), stop);
        await stream.FlushAsync(stop);
    }

    private static StreamReader ReaderOf(Stream stream) => new(stream, Encoding.Latin1, false, 1024, leaveOpen: true);

    private static HashSet<uint> Set(string command) =>
        [.. command.Split(' ')[2].Split(',').Select(uid => uint.Parse(uid, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"UID (\d+):\*")]
    private static partial Regex SearchFrom();

    [GeneratedRegex(@"SINCE (\S+)")]
    private static partial Regex SearchSince();

    [GeneratedRegex(@"BODY\.PEEK\[\]<0\.(\d+)>")]
    private static partial Regex FetchLength();
}
