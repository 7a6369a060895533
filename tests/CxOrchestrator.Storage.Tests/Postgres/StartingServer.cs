using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CxOrchestrator.Storage.Tests.Postgres;

/// <summary>
/// Answers everybody as a PostgreSQL server does that does its log again after a crash: FATAL, SQLSTATE 57P03 (PostgreSQL's manual, "Message Formats", ErrorResponse;
/// "PostgreSQL Error Codes"). A real one does so for moments only.
/// </summary>
internal sealed class StartingServer : IDisposable
{
    // Requests to encrypt, which may come first.
    private static readonly int[] Encryption = [80877103, 80877104];
    private static readonly byte[] Refusal = Message();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _asked;

    public StartingServer()
    {
        _listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>How often a connection was asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What to connect with; unencrypted, for else the driver asks a second time in the clear.</summary>
    public string Connection => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Database=cxo;Username=cxo;SSL Mode=Disable;GSS Encryption Mode=Disable");

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var head = new byte[8];
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            if (!Encryption.Contains(BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4))))
                break;
            await stream.WriteAsync("N"u8.ToArray());
        }

        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head) - head.Length]);
        Interlocked.Increment(ref _asked);
        await stream.WriteAsync(Refusal);
    }

    private static byte[] Message()
    {
        var fields = "SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0"u8;
        var message = new byte[5 + fields.Length];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
        fields.CopyTo(message.AsSpan(5));
        return message;
    }
}
