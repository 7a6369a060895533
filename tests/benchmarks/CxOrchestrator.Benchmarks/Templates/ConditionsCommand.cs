using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Templating;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Templates;

/// <summary>What a journey's condition costs.</summary>
internal static class ConditionsCommand
{
    private const double MostNanoseconds = 300;
    private const double MostBytes = 200;
    private const string Condition = "customer.tier == \"gold\" && event.data.total > 100";

    // As journeys evaluate theirs.
    private static readonly TemplateRenderOptions Kind = new() { NullMembersAreNull = true };

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var rounds = (int)options.Whole("--rounds", 60);
        options.RefuseOthers();

        var condition = CompiledExpression.Parse(Condition, "when").Expression!;
        (string Name, object Total, string Tier)[] cases =
            [("true, whole number", 150, "gold"), ("true, decimal", 129.90m, "gold"), ("true, double", 129.9, "gold"), ("false at the first half", 150, "blue")];
        var contenders = cases.Select(a => new Contender(a.Name, Evaluation(condition, a.Tier, a.Total))).ToArray();
        for (var i = 0; i < cases.Length; i++)
        {
            if (contenders[i].Work() is not bool truth || truth != (cases[i].Tier == "gold")) throw new InvalidOperationException($"{cases[i].Name} is wrong.");
        }

        var readings = Interleaved.Run("conditions", rounds, contenders);
        var parse = Interleaved.Run("parsing", rounds, new Contender("parse", () => CompiledExpression.Parse(Condition, "when").Expression));
        Console.WriteLine(Condition);
        var table = new Table().AddColumns("", "a second", "ns: middle", "best", "8 of 10 rounds", "bytes allocated");
        foreach (var reading in readings.Concat(parse))
        {
            var spread = Spread.Of(reading.Rounds);
            table.AddRow(reading.Name, $"{reading.Rate:#,0}", $"{spread.Median:0}", $"{reading.Best:0}", $"{spread.Low:0}–{spread.High:0}", $"{reading.Bytes:0}");
        }

        AnsiConsole.Write(table);
        var verdicts = new Verdicts();
        var slowest = readings.MaxBy(reading => reading.Median)!;
        verdicts.Note(slowest.Median < MostNanoseconds, $"under {MostNanoseconds} ns: {slowest.Median:0} ns ({slowest.Name})");
        var largest = readings.MaxBy(reading => reading.Bytes)!;
        verdicts.Note(largest.Bytes < MostBytes, $"under {MostBytes} bytes: {largest.Bytes:0} bytes ({largest.Name})");
        return verdicts.ExitCode;
    }

    private static Func<object?> Evaluation(CompiledExpression condition, string tier, object total)
    {
        var model = new Dictionary<string, object?>
        {
            ["customer"] = new Dictionary<string, object?> { ["tier"] = tier },
            ["event"] = new Dictionary<string, object?> { ["data"] = new Dictionary<string, object?> { ["total"] = total } },
        };
        return () => condition.Evaluate(model, Kind).Value;
    }
}
