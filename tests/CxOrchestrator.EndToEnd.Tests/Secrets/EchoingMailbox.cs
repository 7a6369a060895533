using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>An IMAP server that refuses and lets in by turns, and says back what it was sent and what it knows.</summary>
internal sealed class EchoingMailbox : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<PlantedSecret> _known;
    private readonly Task _accepting;
    private int _sessions;

    public EchoingMailbox(params PlantedSecret[] known)
    {
        _known = known;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many have come.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // One that was stopped before can't be asked any more, which is another error than being cancelled.
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token), Interlocked.Increment(ref _sessions)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, int session)
    {
        try
        {
            using var closing = client;
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync($"* OK ready {EchoingService.Words(_known, "")[..200]}");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var words = EchoingService.Words(_known, line).Replace('"', '\'');
                var (tag, verb) = line.Split(' ') is [var first, var second, ..] ? (first, second.ToUpperInvariant()) : ("*", "");
                if (verb == "AUTHENTICATE" && line.Split(' ').Length == 3)
                {
                    await writer.WriteLineAsync("+ ");
                    words = EchoingService.Words(_known, await reader.ReadLineAsync(_stop.Token) ?? "");
                }

                await writer.WriteLineAsync(verb switch
                {
                    "CAPABILITY" => $"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK done",
                    "AUTHENTICATE" or "LOGIN" when session % 3 == 1 => $"{tag} NO [ALERT] {words}",
                    "AUTHENTICATE" or "LOGIN" => $"* OK [ALERT] {words}\r\n{tag} OK welcome",
                    "LOGOUT" => $"* BYE {words}\r\n{tag} OK",
                    _ => session % 3 == 2 ? $"* BAD {words}\r\n{tag} NO {words}" : $"* BYE {words}",
                });
                if (verb is "LOGOUT" || (session % 3 == 0 && verb is "SELECT" or "EXAMINE"))
                    return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has left, or the test has ended.
        }
    }
}
