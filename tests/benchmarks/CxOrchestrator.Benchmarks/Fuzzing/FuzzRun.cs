using System.Diagnostics;

namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>Makes and judges templates on a thread of its own until its time is over.</summary>
internal sealed class FuzzRun(FuzzCorpus corpus, FindingsFolder findings, LastTemplate last, long seed)
{
    // Less than the 1.5 MB that threads of the host have.
    private const int Stack = 1024 * 1024;
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(30);

    private readonly TemplateMutator _mutator = new(corpus.Templates);
    private readonly TemplateJudge _judge = new(corpus, findings.Add);
    private readonly long[] _outcomes = new long[Enum.GetValues<FuzzOutcome>().Length];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _number;
    private long _started;

    /// <summary>Templates judged so far.</summary>
    public long Judged => _outcomes.Sum();

    /// <summary>Templates a second since the start.</summary>
    public double Rate => Judged / Elapsed.TotalSeconds;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>What the slowest took and the largest allocated.</summary>
    public TemplateJudge Judge => _judge;

    /// <summary>True where the last template didn't end; its thread is left behind.</summary>
    public bool Hangs { get; private set; }

    /// <summary>How many ended so.</summary>
    public long Count(FuzzOutcome outcome) => _outcomes[(int)outcome];

    /// <summary>Works until the time is over or somebody says stop.</summary>
    public void Until(TimeSpan time, LongWork shown, CancellationToken stop)
    {
        var thread = new Thread(() => Work(time, stop), Stack) { IsBackground = true, Name = "fuzz" };
        thread.Start();
        while (!thread.Join(250))
        {
            shown.Tell(Math.Min(1, Elapsed / time), $"{Judged:#,0} templates, {Rate:#,0}/s, {Share(Judged - Count(FuzzOutcome.Refused))} parse, " +
                $"{Share(Count(FuzzOutcome.Limited))} meet a limit, {findings.Total} findings");
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) < Hanging) continue;
            var number = Volatile.Read(ref _number);
            findings.Add(new Finding("it doesn't end", $"after {Hanging.TotalSeconds} s", number, _mutator.Make(seed, number)));
            Hangs = true;
            return;
        }
    }

    /// <summary>A part of all templates, in percent.</summary>
    public string Share(long count) => Judged == 0 ? "0 %" : $"{100.0 * count / Judged:0.0} %";

    private void Work(TimeSpan time, CancellationToken stop)
    {
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        for (long number = 1; Elapsed < time && !stop.IsCancellationRequested; number++)
        {
            Volatile.Write(ref _number, number);
            Volatile.Write(ref _started, Stopwatch.GetTimestamp());
            last.Note(seed, number);
            _outcomes[(int)_judge.Judge(number, _mutator.Make(seed, number))]++;
        }

        last.Note(0, 0);
    }
}
