namespace Misbehaving;

/// <summary>A wait that nothing ends.</summary>
internal static class Forever
{
    /// <summary>Blocks the calling thread.</summary>
    public static void Block()
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
