using System.Net;
using System.Net.Sockets;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>A port of loopback that refuses connections, and that no other test can get meanwhile: bound, but not listened to.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
