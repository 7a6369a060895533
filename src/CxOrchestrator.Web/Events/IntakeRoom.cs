using CxOrchestrator.Web.Settings;

namespace CxOrchestrator.Web.Events;

/// <summary>
/// How much may be on its way into the store at once: the bytes of bodies, which count as they come in, and the requests, which count once their body is
/// whole. Who finds no room is told to come back. So the memory that waiting requests take has an end, however slow the store is; and who sends a body
/// slowly takes no more than he has sent.
/// </summary>
internal sealed class IntakeRoom(WebSettings settings)
{
    private readonly Lock _gate = new();
    private int _requests;
    private long _bytes;

    /// <summary>How long who finds no room is told to wait: not the same for all, so that they don't come back together.</summary>
    public static TimeSpan RoomAgainAfter => TimeSpan.FromSeconds(Random.Shared.Next(1, 4));

    /// <summary>How long to wait for a store that is out of order.</summary>
    public static TimeSpan StoreAgainAfter => TimeSpan.FromSeconds(5);

    /// <summary>The part of one request; nothing is taken yet.</summary>
    public Part Begin() => new(this);

    /// <summary>What one request has taken; disposing gives it back.</summary>
    internal sealed class Part(IntakeRoom room) : IDisposable
    {
        private int _requests;
        private long _bytes;

        /// <summary>Takes room for more bytes of the body; false where there is none.</summary>
        public bool TryGrow(long bytes)
        {
            lock (room._gate)
            {
                if (room._bytes + bytes > room.MostBytes)
                    return false;
                room._bytes += bytes;
                _bytes += bytes;
                return true;
            }
        }

        /// <summary>Takes a place among those that wait for the store; false where there is none.</summary>
        public bool TryEnter()
        {
            lock (room._gate)
            {
                if (room._requests >= room.MostRequests)
                    return false;
                room._requests++;
                _requests++;
                return true;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (room._gate)
            {
                room._requests -= _requests;
                room._bytes -= _bytes;
                _requests = 0;
                _bytes = 0;
            }
        }
    }

    private int MostRequests => settings.MaxWaiting;

    private long MostBytes => settings.MaxWaitingBytes;
}
