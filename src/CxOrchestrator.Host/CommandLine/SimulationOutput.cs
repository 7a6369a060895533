using System.Globalization;
using CxOrchestrator.Core.Simulating;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>What a simulation came to, for people at a terminal.</summary>
internal static class SimulationOutput
{
    private const int ShownReasons = 10;

    /// <summary>Shows it.</summary>
    public static void Show(IAnsiConsole console, SimulationReport report)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.From:yyyy-MM-dd} to {report.To:yyyy-MM-dd}, {report.Customers:N0} customers, {report.Events:N0} events, seed {report.Seed}: {report.Sent:N0} messages to {report.Reached:N0} customers, {report.Answers:N0} answers, {report.Withdrawals:N0} withdrew consent. Nothing was sent."));
        foreach (var note in report.Notes)
            console.WriteLine($"  {note}");
        Messages(console, report);
        Reasons(console, report);
        Loads(console, report);
        Steps(console, report);
        if (report.Diff is { } diff)
            Diff(console, diff);
    }

    private static void Messages(IAnsiConsole console, SimulationReport report)
    {
        var table = Tables.New("Journey", "E-mail", "SMS", "Not sent", "Still to go", "Step and message");
        foreach (var line in report.Messages)
        {
            table.Row(line.Journey, Tables.Count(line.Email), Tables.Count(line.Sms), Tables.Count(line.Unsent), Tables.Count(line.Waiting), $"{line.Step}: {line.Message}");
        }

        console.Write(table);
    }

    private static void Reasons(IAnsiConsole console, SimulationReport report)
    {
        if (report.Unsent.Count == 0)
            return;
        var table = Tables.New("Not sent", "Journey", "", "Why");
        foreach (var line in report.Unsent.Take(ShownReasons))
            table.Row(Tables.Count(line.Messages), line.Journey, line.State, line.Reason);
        console.Write(table);
    }

    private static void Loads(IAnsiConsole console, SimulationReport report)
    {
        var table = Tables.New("Connection", "Messages", "Busiest hour (UTC)", "In it", "It takes an hour");
        foreach (var load in report.Loads)
        {
            table.Row(load.Connection, Tables.Count(load.Messages), Tables.Time(load.BusiestHour), Tables.Count(load.InBusiestHour),
                load.LimitPerHour is { } limit ? Tables.Count((long)limit) + (load.InBusiestHour > limit ? ": too few" : "") : "no limit");
        }

        console.Write(table);
    }

    private static void Steps(IAnsiConsole console, SimulationReport report)
    {
        var table = Tables.New("Journey", "Version", "Most at once", "At the end", "Ended here", "Step");
        foreach (var step in report.Steps.Where(step => report.Journeys.Count == 0 || report.Journeys.Contains(step.Journey)))
            table.Row(step.Journey, Tables.Count(step.Version), Tables.Count(step.Most), Tables.Count(step.Standing), Tables.Count(step.Ended), step.Step);
        console.Write(table);
    }

    private static void Diff(IAnsiConsole console, SimulationDiff diff)
    {
        console.WriteLine(
            $"Against what is in force: {Tables.Count(diff.More)} customers get more messages, {Tables.Count(diff.Fewer)} fewer, {Tables.Count(diff.Others)} others, "
            + $"{Tables.Count(diff.OtherTimes)} the same at other times; nothing changes for {Tables.Count(diff.Same)}.");
        var table = Tables.New("In force", "As the file has it", "Change", "Message");
        foreach (var line in diff.Messages)
            Row(line, line.Name);
        foreach (var line in diff.OtherJourneys)
            Row(line, $"all of journey {line.Name}, which competes");
        console.Write(table);

        void Row(DiffLine line, string name) => table.Row(
            Tables.Count(line.Live), Tables.Count(line.Next), (line.Next - line.Live).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture), name);
    }
}
