namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// Keeps the thread pool answering while connectors block its threads: by itself it would add one or two threads a second, and
/// the whole host would wait for them.
/// </summary>
internal static class SpareThreads
{
    private const int AtMost = 64;

    /// <summary>Lets the pool have so many threads, beside those that it has for itself, without a pause before each.</summary>
    public static void Keep(int blockable)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        var wanted = Environment.ProcessorCount + Math.Min(blockable, AtMost);
        if (wanted > workers)
            ThreadPool.SetMinThreads(wanted, completions);
    }
}
