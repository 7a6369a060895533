using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.GenericHttp.Calls;

/// <summary>Remembers what this connection wrote a while ago, by key, so that the same change doesn't go out again while the process lives.</summary>
internal sealed class WrittenOnce
{
    private const int Remembered = 10_000;

    private readonly KeyedTurns _turns = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WriteResult> _written = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Writes, unless it was written; calls with the same key take turns.</summary>
    public Task<WriteResult> WriteAsync(string key, Func<Task<WriteResult>> write, CancellationToken cancellation) => _turns.TakeAsync(
        key,
        async () =>
        {
            lock (_gate)
            {
                if (_written.TryGetValue(key, out var before))
                    return before;
            }

            var result = await write();
            lock (_gate)
            {
                if (result is Written && _written.TryAdd(key, result))
                    _order.Enqueue(key);
                if (_order.Count > Remembered)
                    _written.Remove(_order.Dequeue());
            }

            return result;
        },
        cancellation);
}
