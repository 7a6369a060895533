namespace CxOrchestrator.Templating.Rendering;

/// <summary>Time and memory since a rendering was first asked for them, on its thread.</summary>
internal sealed class Spent(TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private readonly long _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>Time on the clock.</summary>
    public TimeSpan Time => clock.GetElapsedTime(_started);

    /// <summary>Bytes allocated, whether they are still in use or not.</summary>
    public long Bytes => GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
}
