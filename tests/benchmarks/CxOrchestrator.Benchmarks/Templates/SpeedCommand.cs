using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Templating;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Templates;

/// <summary>Renders, parses and first uses of an e-mail beside Handlebars.Net.</summary>
internal static class SpeedCommand
{
    private const double LeastShare = 0.5;
    private const double MostBytesPerByte = 2;
    private const double LeastParses = 20_000;

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var rounds = (int)options.Whole("--rounds", 60);
        options.RefuseOthers();

        var (oursCold, theirsCold) = (Cold(() => OrderMail.Render(OrderMail.Parse())), Cold(() => OrderMail.Compile()(OrderMail.Model)));
        var (ours, theirs) = (OrderMail.Parse(), OrderMail.Compile());
        var text = OrderMail.Render(ours);
        if (!OrderMail.SameContent(text, theirs(OrderMail.Model)) || !OrderMail.SameContent(text, theirs(OrderMail.Objects)))
        {
            Console.WriteLine("The two mails differ: nothing is measured.");
            return 1;
        }

        Console.WriteLine($"template {OrderMail.Scriban.Length} characters, mail {text.Length} characters = {text.Length * 2} bytes; both say the same\n");
        var renders = Interleaved.Run("rendering", rounds,
            new Contender("ours", () => OrderMail.Render(ours)),
            new Contender("Handlebars.Net over maps", () => theirs(OrderMail.Model)),
            new Contender("Handlebars.Net over objects", () => theirs(OrderMail.Objects)));
        var parses = Interleaved.Run("parsing", rounds, new Contender("parse, with warnings", OrderMail.Parse),
            new Contender("parse", () => CompiledTemplate.Parse(OrderMail.Scriban, "order/en.html")));
        var firsts = Interleaved.Run("first uses", Math.Max(5, rounds / 4), new Contender("ours: parse and render once", () => OrderMail.Render(OrderMail.Parse())),
            new Contender("Handlebars.Net: compile and render once", () => OrderMail.Compile()(OrderMail.Model)));

        Print([.. renders, .. parses, .. firsts], renders[0]);
        FewUses(renders[0], renders[1], firsts[0], firsts[1]);
        Console.WriteLine($"The very first use in a process, the runtime's own start-up with it: ours {oursCold:0} ms, then Handlebars.Net {theirsCold:0} ms.\n");
        return Judge(renders, parses, text.Length * 2);
    }

    private static double Cold(Func<string> use)
    {
        var watch = Stopwatch.StartNew();
        _ = use();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Print(IReadOnlyList<Reading> readings, Reading ours)
    {
        var table = new Table().AddColumns("", "a second", "µs: middle", "best", "8 of 10 rounds", "bytes allocated", "ours is faster by");
        foreach (var reading in readings)
        {
            var spread = Spread.Of(reading.Rounds);
            var times = ours.Rounds.Count == reading.Rounds.Count && reading.Name.StartsWith("Handlebars.Net over", StringComparison.Ordinal)
                ? ours.TimesAsFastAs(reading) is var by ? $"{by.Median:0.00} ({by.Low:0.00}–{by.High:0.00})" : ""
                : "";
            table.AddRow(reading.Name, $"{reading.Rate:#,0}", $"{spread.Median / 1000:0.00}", $"{reading.Best / 1000:0.00}",
                $"{spread.Low / 1000:0.00}–{spread.High / 1000:0.00}", $"{reading.Bytes:#,0}", times);
        }

        AnsiConsole.Write(table);
    }

    private static void FewUses(Reading ours, Reading theirs, Reading oursFirst, Reading theirsFirst)
    {
        Console.WriteLine($"Parsing costs as much as {(oursFirst.Median - ours.Median) / ours.Median:0.0} renders, and nothing is compiled after it.");
        var table = new Table().AddColumns("a template rendered so often", "ours, µs in all", "Handlebars.Net, µs in all");
        foreach (var uses in new[] { 1, 2, 10, 100, 1_000, 10_000, 100_000 })
            table.AddRow($"{uses:#,0}", $"{Total(ours, oursFirst, uses):#,0}", $"{Total(theirs, theirsFirst, uses):#,0}");
        AnsiConsole.Write(table);
        var lead = theirsFirst.Median - oursFirst.Median;
        Console.WriteLine(ours.Median <= theirs.Median
            ? "Break-even: Handlebars.Net never makes up for its compilation, as its renders are slower too."
            : $"Break-even: Handlebars.Net has made up for its compilation after {lead / (ours.Median - theirs.Median):#,0} renders.");
    }

    private static double Total(Reading render, Reading first, int uses) => (first.Median + ((uses - 1) * render.Median)) / 1000;

    private static int Judge(IReadOnlyList<Reading> renders, IReadOnlyList<Reading> parses, int mailBytes)
    {
        var verdicts = new Verdicts();
        var share = renders.Skip(1).Select(theirs => renders[0].TimesAsFastAs(theirs)).MinBy(times => times.Median);
        verdicts.Note(share.Median >= LeastShare,
            $"at least {LeastShare} of Handlebars.Net's rate: {share.Median:0.00} of its better one ({share.Low:0.00}–{share.High:0.00} in 8 of 10 rounds)");
        var bytes = renders[0].Bytes / mailBytes;
        verdicts.Note(bytes <= MostBytesPerByte, $"at most {MostBytesPerByte} bytes allocated for each of the mail: {bytes:0.00}");
        var slowest = parses.MinBy(parse => parse.Rate)!;
        verdicts.Note(slowest.Rate >= LeastParses, $"at least {LeastParses:#,0} parses a second: {slowest.Rate:#,0} ({slowest.Name})");
        return verdicts.ExitCode;
    }
}
