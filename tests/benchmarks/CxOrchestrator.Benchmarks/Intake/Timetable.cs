using System.Diagnostics;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>When a connection sends, in ticks of <see cref="Stopwatch"/>.</summary>
/// <param name="start">When all connections start.</param>
/// <param name="warmUp">Until when nothing is counted.</param>
/// <param name="measured">How long is counted.</param>
/// <param name="rate">Requests a second by all connections together; 0 for as fast as replies come.</param>
/// <param name="connections">How many connections.</param>
/// <param name="own">Which of them this is.</param>
internal sealed class Timetable(long start, TimeSpan warmUp, TimeSpan measured, double rate, int connections, int own)
{
    /// <summary>From when on replies are counted.</summary>
    public long Begin { get; } = start + Ticks(warmUp);

    /// <summary>Until when.</summary>
    public long End { get; } = start + Ticks(warmUp + measured);

    /// <summary>When a request is due; 0 for at once.</summary>
    public long DueAt(long number) => rate <= 0 ? 0 : start + (long)(((number * connections) + own) / rate * Stopwatch.Frequency);

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
