namespace CxOrchestrator.Sdk;

/// <summary>
/// Lets calls with the same key run one after another, so that "look whether it is there, else make it" holds within one process for services that have
/// no idempotency of their own. Calls with different keys don't wait for each other.
/// </summary>
public sealed class KeyedTurns
{
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Waits until no other call with the key is under way, and makes this one.</summary>
    public async Task<T> TakeAsync<T>(string key, Func<Task<T>> call, CancellationToken cancellation)
    {
        var turn = Enter(key);
        try
        {
            await turn.Free.WaitAsync(cancellation);
            try
            {
                return await call();
            }
            finally
            {
                turn.Free.Release();
            }
        }
        finally
        {
            Leave(key, turn);
        }
    }

    private Turn Enter(string key)
    {
        lock (_turns)
        {
            if (!_turns.TryGetValue(key, out var turn))
                _turns.Add(key, turn = new Turn());
            turn.Users++;
            return turn;
        }
    }

    private void Leave(string key, Turn turn)
    {
        lock (_turns)
        {
            if (--turn.Users > 0)
                return;
            _turns.Remove(key);
            turn.Free.Dispose();
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Users { get; set; }
    }
}
