using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.NodeRig.Stops;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>Nodes, PostgreSQL and the mail server are stopped without a word while mail goes out: nothing may be lost, nothing sent twice.</summary>
internal static class HardStopsCommand
{
    /// <summary>Runs and prints.</summary>
    public static int Run(Options options)
    {
        var store = options.Text("--store") ?? "postgres";
        if (store is not ("postgres" or "sqlite"))
            throw new FormatException($"--store {store}: write postgres or sqlite.");
        var postgres = store == "postgres";
        var asked = new HardStopOptions
        {
            Sends = (int)options.Whole("--sends", 100_000, 100),
            Nodes = postgres ? (int)options.Whole("--nodes", 3) : 1,
            Kills = (int)options.Whole("--kills", 200, 0),
            DatabaseRestarts = postgres ? (int)options.Whole("--database-restarts", 5, 0) : 0,
            MailServerRestarts = (int)options.Whole("--mail-restarts", 5, 0),
            Seed = (int)options.Whole("--seed", Random.Shared.Next()),
            Postgres = postgres,
        };
        options.RefuseOthers();
        Console.WriteLine($"seed {asked.Seed}, {asked.Nodes} node(s) over {store}");
        HardStopReport? report = null;
        LongWork.Do("hard stops", work => report = HardStopRun.RunAsync(asked, work.Tell).GetAwaiter().GetResult());
        return Print(report!);
    }

    private static int Print(HardStopReport report)
    {
        Console.WriteLine(report);
        var table = new Table().AddColumns("in doubt because of", "how many", "taken by the mail server", "handed over before the stop, at most", "what is said about them");
        foreach (var cause in report.Doubtful.GroupBy(one => (one.Cause, Words(one.Reason))))
        {
            table.AddRow($"{cause.Key.Cause}", $"{cause.Count()}", $"{cause.Count(one => one.Taken)}", $"{cause.Max(one => one.Before).TotalSeconds:0.0} s",
                Markup.Escape(cause.Key.Item2));
        }

        AnsiConsole.Write(table);
        foreach (var fault in report.Faults)
            Console.WriteLine($"FAULT {fault}");
        var verdicts = new Verdicts();
        verdicts.Note(report.Faults.Count == 0, "0 lost, 0 sent twice, the books balance, every message in doubt is listed and was on its way when something was stopped");
        verdicts.Note(report.Doubtful.Count <= report.MostDoubtful, $"{report.Doubtful.Count} in doubt; two for each open connection and stop are {report.MostDoubtful:#,0}");
        return verdicts.ExitCode;
    }

    // Without what differs from one to the next.
    private static string Words(string reason) => System.Text.RegularExpressions.Regex.Replace(reason, @"the node \S+ ", "the node … ");
}
