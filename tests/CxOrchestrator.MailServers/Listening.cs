using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CxOrchestrator.MailServers;

/// <summary>Waits for a server that greets whoever connects.</summary>
internal static class Listening
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns once the server on a port of loopback greets as it should.</summary>
    /// <exception cref="TimeoutException">Nobody does within a minute; the message tells what came instead.</exception>
    public static async Task WaitForAsync(int port, string greeting)
    {
        var began = Stopwatch.GetTimestamp();
        var seen = "";
        while (Stopwatch.GetElapsedTime(began) < Limit)
        {
            seen = await GreetingAsync(port, greeting.Length);
            if (seen == greeting)
                return;
            await Task.Delay(Pause);
        }

        throw new TimeoutException($"Port {port} says \"{seen}\" instead of \"{greeting}\".");
    }

    private static async Task<string> GreetingAsync(int port, int length)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var said = new byte[length];
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            var read = await client.GetStream().ReadAtLeastAsync(said, length, throwOnEndOfStream: false, limit.Token);
            return Encoding.ASCII.GetString(said, 0, read);
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            return fault.Message;
        }
    }
}
