using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CxOrchestrator.Sdk.Testing.Smtp;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>An IMAP server on loopback with one mailbox, which records what it is told and misbehaves at the command that a test names.</summary>
internal sealed class ScriptedImapServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly Lock _gate = new();
    private readonly List<ImapMessage> _messages = [];
    private readonly Task _accepting;
    private ImapMisdeed? _misdeed;
    private uint _nextUid = 1;

    public ScriptedImapServer(ImapServerOptions? options = null)
    {
        Options = options ?? new ImapServerOptions();
        Certificate = TestCertificate.Make();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ImapServerOptions Options { get; }

    public X509Certificate2 Certificate { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>UIDVALIDITY.</summary>
    public uint Validity { get; private set; } = 4711;

    /// <summary>Commands that were read, without their tags; what signs in is left out.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <summary>What was moved away.</summary>
    public ConcurrentQueue<(uint Uid, string Mailbox)> Moved { get; } = new();

    public IReadOnlyList<ImapMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    public uint NextUid => _nextUid;

    /// <summary>Puts a message into the mailbox.</summary>
    public void Deliver(byte[] content, DateTimeOffset? receivedAt = null)
    {
        lock (_gate)
        {
            _messages.Add(new ImapMessage(_nextUid++, content, receivedAt ?? TimeProvider.System.GetUtcNow()));
        }
    }

    /// <summary>Numbers the mailbox anew, from another number on.</summary>
    public void Renumber(uint firstUid)
    {
        lock (_gate)
        {
            Validity++;
            _nextUid = firstUid;
            var renumbered = _messages.Select(message => message with { Uid = _nextUid++ }).ToList();
            _messages.Clear();
            _messages.AddRange(renumbered);
        }
    }

    /// <summary>From now on, does something else at a command than what it should; null takes it away.</summary>
    public void Misbehave(ImapMisdeed? misdeed) => _misdeed = misdeed;

    /// <summary>The misdeed that this command meets, or null.</summary>
    public ImapMisdeed? Meet(string command)
    {
        _commands.Enqueue(command);
        return _misdeed is { } misdeed && command.StartsWith(misdeed.At, StringComparison.OrdinalIgnoreCase) && misdeed.Meet() ? misdeed : null;
    }

    /// <summary>Takes messages out of the mailbox.</summary>
    public void Move(IEnumerable<uint> uids, string mailbox)
    {
        lock (_gate)
        {
            foreach (var uid in uids.Where(uid => _messages.RemoveAll(message => message.Uid == uid) > 0))
            {
                Moved.Enqueue((uid, mailbox));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // One that was stopped before can't be asked any more, which is another error than being cancelled.
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_sessions);
        Certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _sessions.Add(TalkAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server was stopped.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var closing = client;
        try
        {
            Stream stream = client.GetStream();
            if (Options.ImplicitTls)
            {
                stream = await EncryptAsync(stream);
            }

            var session = new ScriptedImapSession(this, stream, _stop.Token);
            while (await session.RunAsync() is { } upgraded)
            {
                session = new ScriptedImapSession(this, await EncryptAsync(upgraded), _stop.Token) { Greets = false };
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // Dropped by the script, left by the client, or stopped.
        }
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return secured;
    }
}

/// <summary>Something that a server does at a command instead of what it should.</summary>
/// <param name="At">How the command begins, such as <c>UID FETCH</c>; <c>GREETING</c> for the connection itself.</param>
/// <param name="Reply">What is written; <c>{tag}</c> becomes the command's tag. Null for nothing.</param>
/// <param name="Drops">Closes the connection then; else a missing reply lets the client wait.</param>
internal sealed record ImapMisdeed(string At, string? Reply, bool Drops = false)
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passing;

    public int Passing
    {
        init => _passing = value;
    }

    public Task Met => _met.Task;

    public bool Meet()
    {
        if (Interlocked.Decrement(ref _passing) >= 0)
        {
            return false;
        }

        _met.TrySetResult();
        return true;
    }
}
