using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Templating.Conformance;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>templates conformance</c>: runs a folder of language tests; exit code 1 where a case fails.</summary>
internal static class ConformanceCommand
{
    // The whole of a page that went wrong helps nobody.
    private const int LongestShown = 300;

    public static Command Build(IAnsiConsole console)
    {
        var folder = new Argument<string>("folder") { Description = "Cases in the format of Scriban's language tests: index.json with files/, and lists of cases." };
        return new Command("conformance", "Runs a folder of language tests: three rates per group, and the cases that fail.") { folder }
            .Does(console, (parsed, _) => Task.FromResult(Run(parsed.GetValue(folder)!, console)));
    }

    private static int Run(string folder, IAnsiConsole console)
    {
        var run = Read(Path.GetFullPath(folder));
        var failed = run.Results.Where(result => !result.Passed).ToList();
        var table = Tables.New("Group", "Cases", "Same kind", "Same place", "Same text");
        foreach (var rates in run.Rates)
            table.Row(rates.Group, Tables.Count(rates.Cases), Rate(rates.SameKind), Rate(rates.SamePlace), Rate(rates.SameText));
        var all = run.Results;
        table.Row("all", Tables.Count(all.Count), Rate(all.Average(one => one.SameKind ? 1.0 : 0)),
            Rate(all.Average(one => one.SamePlace ? 1.0 : 0)), Rate(all.Average(one => one.SameText ? 1.0 : 0)));
        console.Write(table);
        foreach (var result in failed)
        {
            console.WriteLine($"{(IsLeftOut(result) ? "left out" : "failed")} {result.Id}: {result.Kind}");
            console.WriteLine($"  expected: {Shown(result.Expected)}");
            console.WriteLine($"  actual:   {Shown(result.Actual)}");
        }

        var leftOut = failed.Count(IsLeftOut);
        console.WriteLine($"{Tables.Count(all.Count - failed.Count)} of {Tables.Number(all.Count, "case")} passed"
            + (leftOut == 0 ? "." : $"; {Tables.Count(leftOut)} of the others {(leftOut == 1 ? "uses" : "use")} what is left out of the language on purpose."));
        return failed.Count == 0 ? 0 : 1;
    }

    // The parser says so itself.
    private static bool IsLeftOut(ConformanceResult result) =>
        result.Kind == "parse_error" && result.Actual.Contains("is left out of the language here", StringComparison.Ordinal);

    private static ConformanceRun Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserException($"There is no folder {folder}.");
        try
        {
            var cultures = CultureInfo.GetCultureInfo("de-DE").NumberFormat.NumberDecimalSeparator == ",";
            var run = ConformanceRun.Of(folder, cultures);
            return run.Results.Count > 0 ? run : throw new UserException($"{folder} has no cases: neither an index.json nor a list of cases (*.json).");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UserException($"{folder} isn't in the format of the language tests: {error.Message}", error);
        }
    }

    // Rounded down, so that 100 % is all of them.
    private static string Rate(double rate) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(rate * 1000) / 10:0.0} %");

    private static string Shown(string text)
    {
        var line = text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return line.Length <= LongestShown ? line : line[..LongestShown] + "...";
    }
}
