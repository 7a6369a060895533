using System.Net.Sockets;
using System.Text;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>One open, signed-in connection to the server.</summary>
internal sealed class SmtpSession(SmtpWire wire, SmtpSettings settings, TimeProvider clock) : IAsyncDisposable
{
    // One for all waits, one after another: two new ones for every command would cost more than the command.
    private CancellationTokenSource _limit = new(Timeout.InfiniteTimeSpan, clock);
    private byte[] _flight = [];

    /// <summary>What the server offers; set once the greeting is done.</summary>
    public SmtpExtensions Offers { get; set; } = new();

    /// <summary>The bytes beneath.</summary>
    public SmtpWire Wire => wire;

    /// <summary>True once the server answered something of the message at hand: the connection was not a stale one.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>Messages tried on this connection.</summary>
    public int Messages { get; private set; }

    /// <summary>The last transaction did not end by itself: the next one begins with RSET.</summary>
    public bool NeedsReset { get; private set; }

    /// <summary>True where the conversation stands at a place from which another message can begin.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>When it was last given back, in the clock's ticks.</summary>
    public long IdleSince { get; set; }

    /// <summary>A message begins: until <see cref="End"/> is called the connection is not fit for another.</summary>
    public void Begin()
    {
        Messages++;
        HasAnswered = false;
        IsUsable = false;
    }

    /// <summary>The message ended, and the server is ready for more.</summary>
    public void End(bool needsReset)
    {
        NeedsReset = needsReset;
        IsUsable = true;
    }

    /// <summary>The end of a message, its final dot and the envelope that follows, as one flight; good until the next one.</summary>
    public ReadOnlyMemory<byte> LastFlight(ReadOnlySpan<byte> end, string envelope)
    {
        var dot = DataBlock.FinalDot;
        var length = end.Length + dot.Length + Encoding.UTF8.GetByteCount(envelope);
        if (_flight.Length < length)
        {
            _flight = new byte[length + 1024];
        }

        end.CopyTo(_flight);
        dot.CopyTo(_flight.AsSpan(end.Length));
        Encoding.UTF8.GetBytes(envelope, _flight.AsSpan(end.Length + dot.Length));
        return _flight.AsMemory(0, length);
    }

    /// <summary>Sends one flight of commands; each ends in CRLF.</summary>
    public Task WriteAsync(string commands, CancellationToken cancellation) =>
        WriteAsync(Encoding.UTF8.GetBytes(commands), CommandLimit, cancellation);

    /// <summary>Sends bytes within a time.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit, CancellationToken cancellation) =>
        WithinAsync(limit, async token =>
        {
            await wire.WriteAsync(bytes, token);
            return true;
        }, cancellation);

    /// <summary>Reads one reply within the time of a command.</summary>
    public Task<SmtpReply> ReadAsync(CancellationToken cancellation) => ReadAsync(CommandLimit, cancellation);

    /// <summary>Reads one reply within a time.</summary>
    public Task<SmtpReply> ReadAsync(TimeSpan limit, CancellationToken cancellation) =>
        wire.TakeReply() is { } come ? Task.FromResult(come) : WithinAsync(limit, wire.ReadReplyAsync, cancellation);

    /// <summary>Sends one command and reads its reply.</summary>
    public async Task<SmtpReply> CommandAsync(string command, CancellationToken cancellation)
    {
        await WriteAsync(command + "\r\n", cancellation);
        return await ReadAsync(cancellation);
    }

    /// <summary>Says goodbye where the server still listens; never throws.</summary>
    public async Task QuitAsync()
    {
        try
        {
            await WriteAsync("QUIT\r\n"u8.ToArray(), QuitLimit, CancellationToken.None);
            await ReadAsync(QuitLimit, CancellationToken.None);
        }
        catch (SmtpFault)
        {
            // It is gone already, which is what we wanted.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _limit.Dispose();
        return wire.DisposeAsync();
    }

    private TimeSpan CommandLimit => TimeSpan.FromSeconds(settings.CommandTimeoutSeconds);

    private TimeSpan QuitLimit => TimeSpan.FromSeconds(Math.Min(5, settings.CommandTimeoutSeconds));

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            _limit.CancelAfter(limit);
            using var joined = cancellation.UnsafeRegister(static mine => ((CancellationTokenSource)mine!).Cancel(), _limit);
            return await work(_limit.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new SmtpFault($"The server did not answer within {limit.TotalSeconds:0} s.");
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            throw new SmtpFault("The connection was lost: " + fault.Message, fault) { ConnectionLost = true };
        }
        finally
        {
            if (!_limit.TryReset())
            {
                _limit.Dispose();
                _limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
            }
        }
    }
}
