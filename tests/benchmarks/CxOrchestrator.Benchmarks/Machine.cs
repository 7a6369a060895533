using System.Runtime.InteropServices;

namespace CxOrchestrator.Benchmarks;

/// <summary>What the figures were taken on.</summary>
internal static class Machine
{
    /// <summary>Prints runtime, cores, load and build.</summary>
    public static void Describe()
    {
        const string load = "/proc/loadavg";
        var busy = File.Exists(load) ? $", load {string.Join(' ', File.ReadAllText(load).Split(' ').Take(3))}" : "";
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores{busy}");
#if DEBUG
        Console.WriteLine("This is a debug build: its figures mean nothing. Run it with -c Release.");
#endif
    }
}
