using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Benchmarks.Nodes.Soaking;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>Half of full load for a long time, with faults by chance: memory and latency must stay as they are, and each logged error must have its fault.</summary>
internal static class SoakCommand
{
    // Growth that can be told from none, and may be more than this, isn't flat.
    private const double Flat = 0.1;
    private const int Shown = 10;

    // By itself it begins a checkpoint after 1 GB of log, every 12 to 30 s here, and each makes it log whole pages again. Rarer than every minute, and a start after a
    // crash has minutes of log to do again.
    private const string OfLog = "-c max_wal_size=4GB -c checkpoint_timeout=1min -c wal_compression=lz4";

    // It comes with 128 MB, and advises a quarter of a machine's memory ("Resource Consumption"); hours fill some 20 GB of tables and indexes.
    private static string OfPostgres => $"-c shared_buffers={GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / 1024 / 1024}MB {OfLog}";

    /// <summary>Runs, prints and writes the page.</summary>
    public static int Run(Options options)
    {
        var asked = new SoakOptions(
            TimeSpan.FromMinutes(options.Number("--minutes", 120, 1)), (int)options.Whole("--nodes", 3), (int)options.Whole("--seed", Random.Shared.Next()),
            (int)options.Whole("--customers", 10_000), options.Text("--postgres") ?? OfPostgres, Path.GetFullPath(options.Text("--page") ?? "soak.html"));
        options.RefuseOthers();
        Console.WriteLine($"seed {asked.Seed}, {asked.Nodes} nodes, PostgreSQL with {asked.Postgres}");
        PostgresServer.Settings = asked.Postgres;
        SoakReport? report = null;
        LongWork.Do("soak", work => report = SoakRun.RunAsync(asked, work).GetAwaiter().GetResult());
        SoakPage.Write(asked.Page, report!);
        return Print(report!, asked);
    }

    private static int Print(SoakReport report, SoakOptions options)
    {
        Console.WriteLine(report.Judged);
        Console.WriteLine($"full load {report.Full:#,0} messages a second; then half of it for {options.Length.TotalMinutes:0} minutes with "
            + string.Join(", ", report.Faults.GroupBy(fault => fault.Kind).Select(group => $"{group.Count()} × {group.Key}")));
        var half = Spread.Of([.. report.Settled.Select(one => one.Median).OfType<double>()]);
        var high = Spread.Of([.. report.Settled.Select(one => one.High).OfType<double>()]);
        var memory = Spread.Of([.. report.Settled.Select(one => one.Memory[0]).OfType<double>()]);
        Console.WriteLine($"order to SMTP accepted, of each ten seconds: half within {half.Median:0} ms ({half.Low:0}–{half.High:0}), 99 of 100 within {high.Median:0} ms ({high.Low:0}–{high.High:0})");
        Console.WriteLine($"memory of the node that nobody killed: {memory.Median:0} MB ({memory.Low:0}–{memory.High:0})");
        var (first, last) = (report.Settled.Take(report.Settled.Count / 4).ToList(), report.Settled.TakeLast(report.Settled.Count / 4).ToList());
        Console.WriteLine($"processors used, in the first quarter that counts: {ProcessorsOf(first)}; in the last: {ProcessorsOf(last)}");
        Console.WriteLine($"disks, in the first quarter that counts: {DisksOf(first)}; in the last: {DisksOf(last)}");
        Console.WriteLine($"plot: {options.Page}; readings: {options.Readings}");
        foreach (var line in report.Judged.Faults.Concat(report.Unexplained.Take(Shown)))
            Console.WriteLine($"FAULT {line}");
        var verdicts = new Verdicts();
        verdicts.Note(report.Memory.IsFlat(Flat), $"memory: {report.Memory}");
        verdicts.Note(report.Latency.IsFlat(Flat), $"latency: {report.Latency}");
        verdicts.Note(report.Unexplained.Count == 0, $"{report.Errors} errors logged, {report.Unexplained.Count} without a fault that explains them");
        verdicts.Note(report.Judged.Faults.Count == 0, "nothing lost, nothing sent twice, the books balance");
        return verdicts.ExitCode;
    }

    private static string ProcessorsOf(IReadOnlyList<SoakSample> samples)
    {
        var all = samples.Select(one => one.Processors).ToList();
        return $"nodes {all.Average(one => one.Nodes):0.00}, database {all.Average(one => one.Database):0.00} (vacuum {all.Average(one => one.Vacuum):0.00}), rig {all.Average(one => one.Rig):0.00}";
    }

    private static string DisksOf(IReadOnlyList<SoakSample> samples)
    {
        var all = samples.Select(one => one.Disk).ToList();
        var waited = all.Max(one => one.Waited) is { } longest ? $"all waited for them {all.Average(one => one.Waited):0.0%} of the time, {longest:0%} of the worst" : "the kernel doesn't count who waits for them";
        var each = all.Select(one => one.Request).OfType<double>().DefaultIfEmpty().ToList();
        return $"{all.Average(one => one.Read):0} MB read and {all.Average(one => one.Written):0} MB written a second, {each.Average():0.00} ms each time, {each.Max():0.00} in the worst ten seconds, {waited}";
    }
}
