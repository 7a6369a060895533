using System.Net;
using System.Net.Sockets;

namespace CxOrchestrator.MailServers;

/// <summary>Free ports of loopback.</summary>
internal static class Ports
{
    /// <summary>So many different ports that nobody has at the moment.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    /// <summary>Returns once somebody listens on a port.</summary>
    public static async Task WaitForAsync(int port)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < 400)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
