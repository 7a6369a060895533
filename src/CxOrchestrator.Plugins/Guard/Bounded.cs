namespace CxOrchestrator.Plugins.Guard;

/// <summary>Runs plugin code that isn't a call of a capability (a constructor, Connect, DisposeAsync) under a time limit.</summary>
internal sealed class Bounded(TimeSpan limit, TimeProvider time)
{
    /// <summary>How long the code may take.</summary>
    public TimeSpan Limit => limit;

    /// <summary>Runs it.</summary>
    /// <returns>What it gave, and true; or false where it had not returned in time. What it throws is thrown.</returns>
    /// <param name="code">The plugin's code.</param>
    /// <param name="late">Takes what it gives after the time limit, to free it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(bool Returned, T? Value)> RunAsync<T>(
        Func<Task<T>> code, Func<T, Task>? late, CancellationToken cancellation)
    {
        using var deadline = new Deadline(limit, time, cancellation);
        var running = await Attempt.RunAsync(_ => code(), deadline.Token);
        if (running.IsCompleted)
            return (true, await running);
        _ = running.ContinueWith(
            async ended =>
            {
                if (ended.IsFaulted)
                    _ = ended.Exception;
                else if (late is not null && ended.IsCompletedSuccessfully)
                    await late(ended.Result);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
        return (false, default);
    }
}
