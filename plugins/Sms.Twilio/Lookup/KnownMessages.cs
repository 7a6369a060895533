namespace CxOrchestrator.Plugins.SmsTwilio.Lookup;

/// <summary>
/// The latest messages of which this connection knows whose they are, so that none is taken for another delivery's. It helps where there is memory
/// and is not relied on: after a restart it begins empty. Safe to use from several threads.
/// </summary>
/// <param name="capacity">Messages that are kept; the oldest are forgotten.</param>
internal sealed class KnownMessages(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _keys = [];
    private readonly Queue<string> _order = new();

    /// <summary>Keeps whose a message is.</summary>
    /// <param name="sid">Twilio's id of it.</param>
    /// <param name="key">The delivery's key.</param>
    public void Add(string sid, string key)
    {
        lock (_gate)
        {
            if (!_keys.TryAdd(sid, key))
                return;
            _order.Enqueue(sid);
            if (_order.Count > capacity)
                _keys.Remove(_order.Dequeue());
        }
    }

    /// <summary>The delivery's key; null where it isn't known.</summary>
    public string? KeyOf(string sid)
    {
        lock (_gate)
            return _keys.GetValueOrDefault(sid);
    }
}
