using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CxOrchestrator.NodeRig.Mail;

/// <summary>
/// A mail server on loopback that speaks SMTP with PIPELINING and remembers every message that it took. It can be stopped like one that loses its power,
/// in the middle of whatever its callers are doing, and started again on the same port.
/// </summary>
public sealed class RecordingMailServer : IDisposable
{
    private const int Backlog = 512;

    private readonly ConcurrentDictionary<MailConversation, byte> _open = new();
    private TcpListener? _listener;
    private volatile bool _running = true;

    /// <summary>A server that runs.</summary>
    public RecordingMailServer()
    {
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>What it has taken.</summary>
    public MailRecord Record { get; } = new();

    /// <summary>How it treats its callers.</summary>
    public MailManners Manners { get; } = new();

    /// <summary>Connections that are open now.</summary>
    public int Open => _open.Count;

    /// <summary>Connections that are open now, of the callers who greeted with this name.</summary>
    public int OpenBy(string name) => _open.Keys.Count(conversation => conversation.By == name);

    /// <summary>Cuts all connections and listens no more.</summary>
    public void Stop()
    {
        _running = false;
        _listener?.Stop();
        _listener = null;
        foreach (var conversation in _open.Keys)
            conversation.Cut();
    }

    /// <summary>Listens again.</summary>
    public void Start()
    {
        _running = true;
        _listener ??= Listen(Port);
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(Backlog);
        _ = Task.Run(() => AcceptAsync(listener));
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptSocketAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            socket.NoDelay = true;
            _ = Task.Run(() => ServeAsync(new MailConversation(socket, Record, Manners)));
        }
    }

    private async Task ServeAsync(MailConversation conversation)
    {
        _open[conversation] = 0;
        try
        {
            // One that was let in while the server was being stopped.
            if (_running)
                await conversation.TalkAsync();
        }
        finally
        {
            _open.TryRemove(conversation, out _);
            conversation.Dispose();
        }
    }
}
