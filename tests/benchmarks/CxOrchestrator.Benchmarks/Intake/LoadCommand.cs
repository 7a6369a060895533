using System.Diagnostics;
using System.Globalization;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>
/// The load generator, a process of its own so that it shares nothing with the server but the cores. Its sockets are all served on one thread, which goes
/// on with a reply where it came in.
/// </summary>
internal static class LoadCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Runs it in a process of its own.</summary>
    public static LoadReport Measure(int port, string run, int connections, double seconds, double rate = 0, int events = 1)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1", ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1", ["DOTNET_TieredPGO"] = "0" },
        };
        string[] own = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(LoadCommand).Assembly.Location] : [];
        string[] options =
        [
            "intake-load", "--port", Text(port), "--run", run, "--connections", Text(connections), "--milliseconds", Text((int)(seconds * 1000)),
            "--rate", Text((int)rate), "--events", Text(events),
        ];
        foreach (var argument in own.Concat(options))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var line = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return process.ExitCode == 0 ? LoadReport.OfLine(line) : throw new InvalidOperationException($"The load generator ended with {process.ExitCode}: {said}");
    }

    /// <summary>The generator itself.</summary>
    public static int Run(Options options)
    {
        var port = (int)options.Whole("--port", 0);
        var run = options.Text("--run") ?? "r";
        var connections = (int)options.Whole("--connections", 32);
        var measured = TimeSpan.FromMilliseconds(options.Whole("--milliseconds", 3_000));
        var rate = options.Whole("--rate", 0, 0);
        var events = (int)options.Whole("--events", 1);
        options.RefuseOthers();
        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 20);
        var all = Enumerable.Range(0, connections)
            .Select(own => new LoadConnection(port, new EventRequest(run, own, events), new Timetable(start, WarmUp, measured, rate, connections, own))).ToList();
        var end = start + (long)((WarmUp + measured).TotalSeconds * Stopwatch.Frequency);
        Pace(all, start, end);
        // What is on its way still comes; none of it counts.
        Thread.Sleep(100);
        Console.WriteLine(Report(all, events, measured).ToLine());
        all.ForEach(one => one.Dispose());
        return 0;
    }

    private static void Pace(List<LoadConnection> all, long start, long end)
    {
        for (var now = Stopwatch.GetTimestamp(); now < end; now = Stopwatch.GetTimestamp())
        {
            if (now >= start)
                all.ForEach(one => one.SendIfDue(now));
            Thread.Sleep(1);
        }
    }

    private static LoadReport Report(List<LoadConnection> all, int events, TimeSpan measured)
    {
        var times = new LatencyHistogram();
        all.ForEach(one => times.Add(one.Times));
        var taken = all.Sum(one => one.Taken);
        return new LoadReport(
            taken, taken * events, all.Sum(one => one.Refused), all.Sum(one => one.Wrong), measured.TotalSeconds, times.Milliseconds(0.5), times.Milliseconds(0.99),
            times.Milliseconds(0.999), times.Longest / 1000.0, Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
