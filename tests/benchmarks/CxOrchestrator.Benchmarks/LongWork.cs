using System.Diagnostics;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks;

/// <summary>Shows how far long work is: a bar on a terminal, a line every half minute elsewhere.</summary>
internal sealed class LongWork
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);
    private readonly string _title;
    private readonly ProgressTask? _task;
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();

    private LongWork(string title, ProgressTask? task)
    {
        _title = title;
        _task = task;
    }

    /// <summary>Does work that tells how far it is.</summary>
    public static void Do(string title, Action<LongWork> work)
    {
        if (Console.IsOutputRedirected)
        {
            work(new LongWork(title, null));
            return;
        }

        AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(shown => work(new LongWork(title, shown.AddTask(Markup.Escape(title), true, 1))));
    }

    /// <summary>Says how much is done, from 0 to 1, and what has been seen.</summary>
    public void Tell(double done, string? seen = null)
    {
        var text = seen is null ? _title : $"{_title}: {seen}";
        if (_task is not null)
        {
            _task.Value = done;
            _task.Description = Markup.Escape(text);
        }
        else if (_sinceLine.Elapsed >= BetweenLines)
        {
            _sinceLine.Restart();
            Console.WriteLine($"{done,4:0%} {text}");
        }
    }
}
