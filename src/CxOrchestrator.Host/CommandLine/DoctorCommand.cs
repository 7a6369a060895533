using System.CommandLine;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Doctor;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>doctor</c>: what is wrong now, and what to do; exit code 1 where something needs a person. Reads alone.</summary>
internal static class DoctorCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        return new Command("doctor", "Finds what is wrong now and says what to do; changes nothing. Exit code 1 where something needs a person.") { json }
            .Does(console, async (parsed, cancellation) =>
            {
                var findings = await Examination.RunAsync(Cli.PlaceOf(parsed), cancellation);
                if (parsed.GetValue(json))
                    console.Json(findings);
                else
                    Show(console, findings);
                return findings.Any(finding => finding.NeedsPerson) ? 1 : 0;
            });
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var since = finding.Since is { } at ? $", since {Tables.Time(at)} UTC" : "";
            console.Say(finding.NeedsPerson ? Color.Red : Color.Yellow, finding.NeedsPerson ? "wrong" : "look ", $" {Tables.Count(finding.Count)}: {finding.What}{since}");
            console.WriteLine($"      {finding.WhatToDo}");
        }

        if (findings.Count == 0)
            console.Say(Color.Green, "Nothing is wrong.");
    }
}
