using System.Globalization;

namespace CxOrchestrator.Sdk.Testing.Builders;

/// <summary>Keys that no other test of this run has.</summary>
public static class Keys
{
    private static long _last;

    /// <summary>A key such as <c>mail-17</c>.</summary>
    public static string Next(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}-{Interlocked.Increment(ref _last)}");
}
