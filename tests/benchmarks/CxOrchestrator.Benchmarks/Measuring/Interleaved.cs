using System.Diagnostics;

namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>
/// Times contenders in short batches by turns, so that a machine which others use too slows all of them alike.
/// </summary>
internal static class Interleaved
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);
    private static object? _kept;

    /// <summary>Measures on this thread.</summary>
    /// <param name="title">What the progress bar says.</param>
    /// <param name="rounds">Batches of each contender.</param>
    /// <param name="contenders">They take turns; the one that begins changes from round to round.</param>
    public static IReadOnlyList<Reading> Run(string title, int rounds, params Contender[] contenders)
    {
        var times = contenders.Select(_ => new double[rounds]).ToArray();
        var bytes = new long[contenders.Length];
        var goes = new int[contenders.Length];
        LongWork.Do(title, work =>
        {
            for (var i = 0; i < contenders.Length; i++) goes[i] = Warm(contenders[i].Work);
            for (var round = 0; round < rounds; round++)
            {
                for (var turn = 0; turn < contenders.Length; turn++)
                {
                    var i = (round + turn) % contenders.Length;
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    times[i][round] = Time(contenders[i].Work, goes[i]);
                    bytes[i] += GC.GetAllocatedBytesForCurrentThread() - before;
                }

                work.Tell((round + 1.0) / rounds);
            }
        });
        return [.. contenders.Select((contender, i) => new Reading(contender.Name, times[i], (double)bytes[i] / rounds / goes[i]))];
    }

    // Twice, as the runtime compiles what is hot again in the background; the second time tells how many goes make a batch.
    private static int Warm(Func<object?> work)
    {
        var perGo = 0.0;
        for (var i = 0; i < 2; i++)
        {
            var watch = Stopwatch.StartNew();
            var done = 0;
            do
            {
                _kept = work();
                done++;
            }
            while (watch.Elapsed < WarmUp);
            perGo = watch.Elapsed.TotalNanoseconds / done;
        }

        return (int)Math.Max(1, Batch.TotalNanoseconds / perGo);
    }

    private static double Time(Func<object?> work, int goes)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < goes; i++) _kept = work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / goes;
    }
}
