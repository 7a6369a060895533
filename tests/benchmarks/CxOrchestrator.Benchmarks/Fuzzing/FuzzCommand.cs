namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>
/// Templates by chance, looking for one that throws, hangs, breaks its limits, changes the model or has no place for its error.
/// </summary>
internal static class FuzzCommand
{
    /// <summary>Fuzzes for some minutes and prints what was found; with <c>--case</c> only makes and judges that one again.</summary>
    public static int Run(Options options)
    {
        var time = TimeSpan.FromMinutes(options.Number("--minutes", 10, 0.01));
        var seed = options.Whole("--seed", 1, 0);
        var one = options.Whole("--case", 0);
        var folder = options.Text("--findings") ?? Path.Combine(AppContext.BaseDirectory, "findings");
        options.RefuseOthers();

        var corpus = FuzzCorpus.Read();
        return one > 0 ? Again(corpus, seed, one) : Fuzz(corpus, seed, time, folder);
    }

    private static int Again(FuzzCorpus corpus, long seed, long number)
    {
        var findings = new List<Finding>();
        var template = new TemplateMutator(corpus.Templates).Make(seed, number);
        Console.WriteLine($"template {number} of seed {seed}:\n\n{template}\n");
        var judge = new TemplateJudge(corpus, findings.Add);
        var outcome = judge.Judge(number, template);
        Console.WriteLine($"{outcome}, {judge.Slowest.Milliseconds:0} ms, {judge.Largest.Bytes / 1048576.0:0.0} MB");
        foreach (var finding in findings) Console.WriteLine($"{finding.Kind}: {finding.Detail}");
        return findings.Count == 0 ? 0 : 1;
    }

    private static int Fuzz(FuzzCorpus corpus, long seed, TimeSpan time, string folder)
    {
        using var last = new LastTemplate(folder);
        if (last.Left is { } left)
            Console.WriteLine($"An earlier run ended in the middle of a template: see what --seed {left.Seed} --case {left.Number} does.");
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };

        var findings = new FindingsFolder(folder, seed);
        Console.WriteLine($"corpus: {corpus.Origin}; seed {seed}, {time.TotalMinutes:0.##} minutes");
        var run = new FuzzRun(corpus, findings, last, seed);
        LongWork.Do("fuzz", shown => run.Until(time, shown, stop.Token));
        Summarise(run, findings);
        return findings.Total == 0 ? 0 : 1;
    }

    private static void Summarise(FuzzRun run, FindingsFolder findings)
    {
        Console.WriteLine($"{run.Judged:#,0} templates in {run.Elapsed.TotalMinutes:0.0} minutes, {run.Rate:#,0} a second");
        Console.WriteLine($"  {run.Count(FuzzOutcome.Refused),12:#,0} don't parse ({run.Share(run.Count(FuzzOutcome.Refused))})");
        Console.WriteLine($"  {run.Count(FuzzOutcome.Rendered),12:#,0} rendered ({run.Share(run.Count(FuzzOutcome.Rendered))})");
        Console.WriteLine($"  {run.Count(FuzzOutcome.Failed),12:#,0} ended in an error ({run.Share(run.Count(FuzzOutcome.Failed))})");
        Console.WriteLine($"  {run.Count(FuzzOutcome.Limited),12:#,0} ended at a limit ({run.Share(run.Count(FuzzOutcome.Limited))})");
        Console.WriteLine($"slowest: {run.Judge.Slowest.Milliseconds:0} ms (--case {run.Judge.Slowest.Number}); " +
            $"largest: {run.Judge.Largest.Bytes / 1048576.0:0.0} MB allocated (--case {run.Judge.Largest.Number})");
        if (findings.Total == 0)
        {
            Console.WriteLine("Nothing was found.");
            return;
        }

        Console.WriteLine($"{findings.Total:#,0} findings, kept in {findings.Path}:");
        foreach (var (kind, count) in findings.Counts.OrderByDescending(entry => entry.Value)) Console.WriteLine($"  {count,6:#,0} {kind}");
    }
}
