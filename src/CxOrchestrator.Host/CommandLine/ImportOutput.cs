using System.Globalization;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Shows an import while it runs, and what it came to: every row in one count.</summary>
internal static class ImportOutput
{
    private const int ShownRefusals = 20;

    /// <summary>Runs an import under a progress bar; refused rows go to a file where one is named.</summary>
    /// <exception cref="UserException">The import could not begin; all faults are told.</exception>
    public static async Task<int> RunAsync(
        IAnsiConsole console, string file, string? refusedTo, Func<Action<RowRefusal>?, IProgress<ImportProgress>, Task<ImportReport>> import)
    {
        if (!File.Exists(file))
            throw new UserException($"There is no file {Path.GetFullPath(file)}.");
        await using var refused = refusedTo is null ? null : new StreamWriter(refusedTo, append: false);
        Action<RowRefusal>? listener = refused is null ? null : row => refused.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Line}\t{row.Reason}"));
        var report = await WithProgressAsync(console, Path.GetFileName(file), progress => import(listener, progress));
        if (report.Faults.Count > 0)
            throw new UserException($"Nothing was imported:{Environment.NewLine}{string.Join(Environment.NewLine, report.Faults)}");
        Show(console, report, refusedTo);
        return 0;
    }

    private static Task<ImportReport> WithProgressAsync(IAnsiConsole console, string name, Func<IProgress<ImportProgress>, Task<ImportReport>> import) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask(Markup.Escape(name));
                var began = TimeProvider.System.GetTimestamp();
                var report = await import(new Direct(progress =>
                {
                    bar.MaxValue = Math.Max(1, progress.TotalBytes);
                    bar.Value = progress.Bytes;
                    var seconds = Math.Max(0.001, TimeProvider.System.GetElapsedTime(began).TotalSeconds);
                    bar.Description = Markup.Escape($"{name}: {Tables.Count(progress.Rows)} rows, {Tables.Count((long)(progress.Rows / seconds))}/s");
                }));
                bar.Value = bar.MaxValue;
                return report;
            });

    private static void Show(IAnsiConsole console, ImportReport report, string? refusedTo)
    {
        var table = Tables.New("Rows", "Count");
        table.Row("imported", Tables.Count(report.Added + report.Changed));
        if (report.Changed > 0)
            table.Row("  of which changed what was known", Tables.Count(report.Changed));
        if (report.Unchanged > 0)
            table.Row("unchanged", Tables.Count(report.Unchanged));
        table.Row("duplicate", Tables.Count(report.Duplicates));
        if (report.LeftOut > 0)
            table.Row("left out by --where", Tables.Count(report.LeftOut));
        table.Row("refused", Tables.Count(report.Refused));
        table.Row("all", Tables.Count(report.Rows));
        console.Write(table);
        if (report.FellBack > 0)
            console.WriteLine($"{Tables.Number((int)report.FellBack, "row")} had an unknown time zone or locale and took the setting's.");
        foreach (var refusal in report.Refusals.Take(ShownRefusals))
            console.Say(Color.Yellow, string.Create(CultureInfo.InvariantCulture, $"line {refusal.Line}"), $": {refusal.Reason}");
        if (report.Refused > ShownRefusals)
            console.WriteLine(refusedTo is null ? $"... and {Tables.Count(report.Refused - ShownRefusals)} more; --refused-to FILE keeps them all." : $"All of them are in {refusedTo}.");
    }

    // Progress<T> would call back on other threads, out of order.
    private sealed class Direct(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
