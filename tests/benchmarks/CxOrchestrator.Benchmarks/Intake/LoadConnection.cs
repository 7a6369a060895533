using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>
/// One connection that sends a request, waits for the reply and sends the next: at once, or at its time where there is a timetable. A reply's time
/// counts from when its request was due, so that a slow server isn't spared the requests that wait behind a slow one.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receiving = new();
    private readonly byte[] _reply = new byte[64 * 1024];
    private readonly EventRequest _request;
    private readonly Timetable _timetable;
    private int _filled;
    private long _number;
    private long _due;
    private int _isIdle = 1;

    /// <param name="port">Where the server listens, on 127.0.0.1.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="timetable">When.</param>
    public LoadConnection(int port, EventRequest request, Timetable timetable)
    {
        (_request, _timetable) = (request, timetable);
        _socket.Connect(IPAddress.Loopback, port);
        _receiving.SetBuffer(_reply, 0, _reply.Length);
        _receiving.Completed += (_, _) => Go(Received());
    }

    /// <summary>Times of the replies within the measured time.</summary>
    public LatencyHistogram Times { get; } = new();

    /// <summary>Requests that were taken, within the measured time.</summary>
    public long Taken { get; private set; }

    /// <summary>Requests answered with 429 or 503, within the measured time.</summary>
    public long Refused { get; private set; }

    /// <summary>Requests that went wrong, ever.</summary>
    public long Wrong { get; private set; }

    /// <summary>Sends the next request where none is on its way and one is due. For one thread alone.</summary>
    public void SendIfDue(long now)
    {
        if (Volatile.Read(ref _isIdle) == 1 && _timetable.DueAt(_number) <= now)
        {
            Volatile.Write(ref _isIdle, 0);
            Go(Send());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _receiving.Dispose();
    }

    // True: something came at once, go on; false: the reply comes later, or nothing more is to be done.
    private void Go(bool more)
    {
        while (more)
            more = Received();
    }

    private bool Send()
    {
        var due = _timetable.DueAt(_number);
        _due = due == 0 ? Stopwatch.GetTimestamp() : due;
        _filled = 0;
        try
        {
            _socket.Send(_request.Next(_number++));
            return Receive();
        }
        catch (SocketException)
        {
            Wrong++;
            return false;
        }
    }

    private bool Receive()
    {
        _receiving.SetBuffer(_filled, _reply.Length - _filled);
        return !_socket.ReceiveAsync(_receiving);
    }

    private bool Received()
    {
        if (_receiving.SocketError != SocketError.Success || _receiving.BytesTransferred == 0)
        {
            Wrong++;
            return false;
        }

        _filled += _receiving.BytesTransferred;
        if (!IsWhole(_reply.AsSpan(0, _filled)))
            return Receive();
        var now = Stopwatch.GetTimestamp();
        Count(now);
        if (now >= _timetable.End)
            return false;
        if (_timetable.DueAt(_number) <= now)
            return Send();
        Volatile.Write(ref _isIdle, 1);
        return false;
    }

    private void Count(long now)
    {
        var isTaken = _reply.AsSpan(0, _filled).StartsWith("HTTP/1.1 200"u8);
        var isRefused = _reply.AsSpan(0, _filled).StartsWith("HTTP/1.1 429"u8) || _reply.AsSpan(0, _filled).StartsWith("HTTP/1.1 503"u8);
        if (!isTaken && !isRefused)
            Wrong++;
        if (now < _timetable.Begin || now >= _timetable.End)
            return;
        Taken += isTaken ? 1 : 0;
        Refused += isRefused ? 1 : 0;
        if (isTaken)
            Times.Add((long)Stopwatch.GetElapsedTime(_due, now).TotalMicroseconds);
    }

    private static bool IsWhole(ReadOnlySpan<byte> reply)
    {
        var head = reply.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = reply[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
            return reply.EndsWith("\r\n0\r\n\r\n"u8);
        _ = Utf8Parser.TryParse(reply[(length + 16)..], out int body, out _);
        return reply.Length >= head + 4 + body;
    }
}
