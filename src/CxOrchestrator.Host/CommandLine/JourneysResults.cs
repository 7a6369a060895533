using System.CommandLine;
using System.Globalization;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Experiments;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys results</c>: how the variants of a journey's splits go, against each other and against those held out.</summary>
internal static class JourneysResults
{
    public static Command Build(IAnsiConsole console)
    {
        var journey = new Argument<string>("journey") { Description = "The journey's key." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        return new Command("results", "Shows how the variants of a journey's splits go, and which has won or why none has yet.") { journey, json }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var key = parsed.GetValue(journey)!;
                var reports = await installation.Services.GetRequiredService<SplitResults>().ReportsAsync(key, cancellation)
                    ?? throw new UserException($"No journey {key} is published. See: journeys list");
                if (parsed.GetValue(json))
                    console.Json(reports);
                else if (reports.Count == 0)
                    console.WriteLine($"{key} has no split.");
                else
                    Show(console, reports);
                return 0;
            });
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<SplitReport> reports)
    {
        foreach (var report in reports)
        {
            var percent = report.Confidence.ToString("0.#%", CultureInfo.InvariantCulture);
            console.WriteLine($"{report.Journey}, split {report.Split} (ranges hold with {percent}, however often you look)");
            var table = Tables.New("Variant", "Share", "People", "Goal", "Answered", "Mean score", $"Conversion: {SplitJudge.Words(report.Metric)}", "Uplift on hold-out: the goal");
            foreach (var variant in report.Variants)
            {
                table.Row(
                    variant.Variant, Percent(variant.Share), Tables.Count(variant.Sums.People), Tables.Count(variant.Sums.Goals),
                    Tables.Count(variant.Sums.Answers), variant.MeanScore?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
                    Conversion(variant), Uplift(variant));
            }

            console.Write(table);
            console.WriteLine(Winner(report));
        }
    }

    private static string Conversion(VariantReport variant) => variant.Conversion is { } share
        ? $"{Percent(share)} ({Percent(variant.ConversionFrom)} to {Percent(variant.ConversionTo)})"
        : "";

    private static string Uplift(VariantReport variant)
    {
        if (variant.Variant == SplitStep.HeldOut || (variant.Uplift ?? variant.UpliftFrom ?? variant.UpliftTo) is null)
            return "";
        return $"{Signed(variant.Uplift) ?? "?"} ({Signed(variant.UpliftFrom) ?? "unknown"} to {Signed(variant.UpliftTo) ?? "unknown"})";
    }

    private static string Winner(SplitReport report) => report switch
    {
        { Winner: { } winner, CalledAt: { } at } => $"Winner: {winner}, called on {Tables.Time(at)} UTC: {report.Reason}.",
        { Winner: { } winner } => $"Winner: {winner}; it is called when the next person comes: {report.Reason}.",
        _ => $"No winner yet: {report.Reason}.",
    };

    private static string Percent(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);

    private static string? Signed(double? uplift) => uplift?.ToString("+0.#%;-0.#%;0%", CultureInfo.InvariantCulture);
}
