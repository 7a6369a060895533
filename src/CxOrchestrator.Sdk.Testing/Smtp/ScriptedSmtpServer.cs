using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>
/// An SMTP server on loopback that keeps the rules of the protocol, records what it is told, and misbehaves at any stage that a test
/// names.
/// </summary>
public sealed class ScriptedSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly ConcurrentQueue<ReceivedMail> _mails = new();
    private readonly ConcurrentQueue<ReceivedCommand> _commands = new();
    private readonly SmtpScript _script = new();
    private readonly Task _accepting;
    private int _connections;
    private TaskCompletionSource _cut = NewCut();

    /// <summary>Starts a server on a free port.</summary>
    public ScriptedSmtpServer(SmtpServerOptions? options = null)
    {
        Options = options ?? new SmtpServerOptions();
        Certificate = TestCertificate.Make();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What it offers and demands.</summary>
    public SmtpServerOptions Options { get; }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate that it shows, where TLS is on.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>How many connections came in so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Messages that were read up to their final dot, in order.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. _mails];

    /// <summary>Messages that were answered with a positive reply, in order.</summary>
    public IReadOnlyList<ReceivedMail> Accepted => [.. _mails.Where(mail => mail.Reply?.StartsWith('2') == true)];

    /// <summary>Commands that were read, in order.</summary>
    public IReadOnlyList<ReceivedCommand> Commands => [.. _commands];

    /// <summary>Answers with these words at a stage, for example <c>550 5.1.1 no such user</c>; lines are separated by <c>\n</c>.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="reply">The whole reply, with its code.</param>
    /// <param name="times">How often.</param>
    /// <param name="skip">How often the stage passes as usual before.</param>
    /// <param name="every">Only every so many times.</param>
    public ScriptedSmtpServer Reply(SmtpStage stage, string reply, int times = int.MaxValue, int skip = 0, int every = 1) =>
        Add(stage, new SmtpAct(reply, Drops: false), times, skip, every);

    /// <summary>Closes the connection at a stage, without a reply.</summary>
    public ScriptedSmtpServer Drop(SmtpStage stage, int times = int.MaxValue, int skip = 0, int every = 1) =>
        Add(stage, new SmtpAct(null, Drops: true), times, skip, every);

    /// <summary>Answers at a stage and closes the connection then.</summary>
    public ScriptedSmtpServer ReplyAndDrop(SmtpStage stage, string reply, int times = int.MaxValue, int skip = 0, int every = 1) =>
        Add(stage, new SmtpAct(reply, Drops: true), times, skip, every);

    /// <summary>Never answers at a stage.</summary>
    public ScriptedSmtpServer Hang(SmtpStage stage, int times = int.MaxValue, int skip = 0, int every = 1) =>
        Add(stage, new SmtpAct(null, Drops: false), times, skip, every);

    /// <summary>Ends the connections that hang now, without a reply.</summary>
    public void Cut() => Interlocked.Exchange(ref _cut, NewCut()).TrySetResult();

    /// <summary>Takes back all that was said of stages: from now on the server does what it would do.</summary>
    public void BehaveAgain() => _script.Clear();

    /// <summary>How often a stage was reached so far.</summary>
    public int Reached(SmtpStage stage) => _script.Reached(stage);

    /// <summary>Ends when a stage was reached so many times.</summary>
    public Task ReachedAsync(SmtpStage stage, int count = 1) => _script.ReachedAsync(stage, count);

    /// <summary>Stops listening and closes all connections.</summary>
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

    internal SmtpAct? Next(SmtpStage stage) => _script.Next(stage);

    internal int MailCount => _mails.Count;

    internal void Record(ReceivedMail mail) => _mails.Enqueue(mail);

    internal void Record(ReceivedCommand command) => _commands.Enqueue(command);

    private ScriptedSmtpServer Add(SmtpStage stage, SmtpAct act, int times, int skip, int every)
    {
        _script.Add(stage, act, times, skip, every);
        return this;
    }

    /// <summary>Ends at the next <see cref="Cut"/>.</summary>
    internal Task UntilCut => Volatile.Read(ref _cut).Task;

    private static TaskCompletionSource NewCut() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var session = new ScriptedSmtpSession(this, client, Interlocked.Increment(ref _connections));
                _sessions.Add(session.RunAsync(_stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server was stopped.
        }
    }
}
