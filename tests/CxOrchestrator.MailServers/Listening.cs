using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CxOrchestrator.MailServers;

/// <summary>Waits for a server that greets whoever connects.</summary>
internal static class Listening
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>True once the server on a port of loopback greets as it should; false where it doesn't within 20 seconds, whoever else may be there.</summary>
    public static async Task<bool> GreetsAsync(int port, string greeting)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Limit)
        {
            if (await GreetingAsync(port, greeting.Length) == greeting)
                return true;
            await Task.Delay(Pause);
        }

        return false;
    }

    private static async Task<string?> GreetingAsync(int port, int length)
    {
        using var limit = new CancellationTokenSource(Limit);
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
            return null;
        }
    }
}
