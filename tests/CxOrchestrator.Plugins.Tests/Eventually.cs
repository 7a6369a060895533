using System.Diagnostics;

namespace CxOrchestrator.Plugins.Tests;

/// <summary>Waits for what another thread is about to do, without sleeping.</summary>
internal static class Eventually
{
    private static readonly TimeSpan FarTooLong = TimeSpan.FromMinutes(2);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(since) > FarTooLong)
                Assert.Fail($"This never came to be: {what}.");
            await Task.Yield();
        }
    }
}
