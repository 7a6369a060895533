using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Templating;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Templates;

/// <summary>What templates that mean harm can use up, and where they are told to have ended.</summary>
internal static class HostileCommand
{
    private const double MostMilliseconds = 1000;
    private const double MostMegabytes = 50;
    private const double Megabyte = 1024 * 1024;

    private static readonly IReadOnlyDictionary<string, object?> Model = new Dictionary<string, object?>();

    private static readonly TemplateRenderOptions Kind =
        new() { EscapeHtml = true, NullMembersAreNull = true, Loader = new IncludeTexts(HostileTemplates.Includes) };

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var runs = (int)options.Whole("--runs", 3);
        options.RefuseOthers();

        var endings = new List<Ending>();
        LongWork.Do("hostile templates", work =>
        {
            foreach (var (name, text) in HostileTemplates.All)
            {
                endings.Add(End(name, text, runs));
                work.Tell((double)endings.Count / HostileTemplates.All.Count, name);
            }
        });

        var table = new Table().AddColumns("template", "ms: best", "worst", "MB allocated", "place", "error");
        foreach (var end in endings)
        {
            table.AddRow(Markup.Escape(end.Name), $"{end.Best:0}", $"{end.Worst:0}", $"{end.Megabytes:0.0}",
                end.Error is { } at ? $"{at.Line},{at.Column}" : "none", Markup.Escape(end.Error is { } error ? Short(error.Text) : "ended without an error"));
        }

        AnsiConsole.Write(table);
        return Judge(endings, runs);
    }

    private static Ending End(string name, string text, int runs)
    {
        var times = new List<double>();
        long bytes = 0;
        TemplateMessage? error = null;
        for (var run = 0; run < runs; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var parse = CompiledTemplate.Parse(text, "text");
            error = parse.Ok ? parse.Template.Render(Model, Kind).Error : parse.Messages[0];
            times.Add(watch.Elapsed.TotalMilliseconds);
            bytes = Math.Max(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return new Ending(name, times.Min(), times.Max(), bytes / Megabyte, error);
    }

    private static int Judge(IReadOnlyList<Ending> endings, int runs)
    {
        var verdicts = new Verdicts();
        var placed = endings.Count(end => end.Error is { Line: >= 1, Column: >= 1 });
        verdicts.Note(placed == endings.Count, $"an error with a place: {placed} of {endings.Count}");
        var slowest = endings.MaxBy(end => end.Worst)!;
        verdicts.Note(slowest.Worst < MostMilliseconds,
            $"under {MostMilliseconds:#,0} ms: {slowest.Worst:0} ms in the worst of {runs} runs ({slowest.Name}; its best was {slowest.Best:0} ms)");
        var largest = endings.MaxBy(end => end.Megabytes)!;
        verdicts.Note(largest.Megabytes < MostMegabytes, $"under {MostMegabytes} MB, whether kept or not: {largest.Megabytes:0.0} MB ({largest.Name})");
        return verdicts.ExitCode;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";

    private sealed record Ending(string Name, double Best, double Worst, double Megabytes, TemplateMessage? Error);
}
