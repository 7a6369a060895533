using System.Net;
using System.Net.Sockets;

namespace CxOrchestrator.TestKit;

/// <summary>
/// Ports of loopback for servers that must be told theirs before they start. One is kept by a socket that is bound and never listens: whoever asks for that
/// port by its number may listen there, time and again, for servers set SO_REUSEADDR; to those who ask for any port, nobody's is given twice.
/// </summary>
public static class KeptPort
{
    private static readonly List<Socket> Keepers = [];

    /// <summary>A port on which nobody listens, and which is given to nobody else while this process lives.</summary>
    public static int Next()
    {
        // SOL_SOCKET and SO_REUSEADDR; .NET's option of that name sets SO_REUSEPORT as well, which lets two listen at once.
        const int level = 1;
        const int reuseAddress = 2;
        var keeper = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        keeper.SetRawSocketOption(level, reuseAddress, BitConverter.GetBytes(1));
        keeper.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        lock (Keepers)
            Keepers.Add(keeper);
        return ((IPEndPoint)keeper.LocalEndPoint!).Port;
    }
}
