namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// One run of a plugin's code. It runs on a thread of the pool: code that blocks before its first await must not block the
/// caller.
/// </summary>
internal static class Attempt
{
    /// <summary>Starts the code and waits for its end or for the token; it goes on after that where it ignores the token.</summary>
    /// <returns>The running code, completed or not.</returns>
    public static async Task<Task<T>> RunAsync<T>(Func<CancellationToken, Task<T>> code, CancellationToken token)
    {
        var running = Task.Run(
            async () => await (code(token) ?? throw new InvalidOperationException("it gave back no task (null)")),
            CancellationToken.None);
        await ((Task)running).WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running;
    }
}
