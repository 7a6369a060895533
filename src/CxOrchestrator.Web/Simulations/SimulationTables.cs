using System.Globalization;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Simulations;

/// <summary>The tables of a simulation's page.</summary>
internal static class SimulationTables
{
    /// <summary>What is different from what is in force.</summary>
    public static Markup Diff(SimulationReport report)
    {
        if (report.Diff is not { } diff)
            return Markup.Empty;
        return Markup.Of($"""
            <section class="card" aria-labelledby="diff"><h2 id="diff">Against what is in force</h2>
            <div class="numbers">
            <div><b>{SimulationPage.Count(diff.More)}</b>customers get more messages</div>
            <div><b>{SimulationPage.Count(diff.Fewer)}</b>get fewer</div>
            <div><b>{SimulationPage.Count(diff.Others)}</b>get others</div>
            <div><b>{SimulationPage.Count(diff.OtherTimes)}</b>get the same at other times</div>
            <div><b>{SimulationPage.Count(diff.Same)}</b>notice nothing</div>
            </div>
            {Table("Messages in both runs", ["Message", "In force", "As the file has it", "Change"], diff.Messages.Select(line => Row(line, line.Name))
                .Concat(diff.OtherJourneys.Select(line => Row(line, $"all of journey {line.Name}, which competes"))))}
            </section>
            """);
    }

    /// <summary>Messages, and why some don't go.</summary>
    public static Markup Messages(SimulationReport report) => Markup.Of($"""
        <section class="card" aria-labelledby="messages"><h2 id="messages">Messages</h2>
        {Table("By step", ["Journey", "Step", "Message", "E-mail", "SMS", "Not sent", "Still to go"], report.Messages.Select(line => (string[])
            [line.Journey, line.Step, line.Message, SimulationPage.Count(line.Email), SimulationPage.Count(line.Sms), SimulationPage.Count(line.Unsent), SimulationPage.Count(line.Waiting)]), words: 3)}
        {(report.Unsent.Count == 0 ? Markup.Empty : Table("Why messages are not sent", ["Journey", "", "Why", "Messages"], report.Unsent.Select(line => (string[])
            [line.Journey, line.State, line.Reason, SimulationPage.Count(line.Messages)]), words: 3))}
        </section>
        """);

    /// <summary>Where people stand.</summary>
    public static Markup Steps(SimulationReport report) => Markup.Of($"""
        <section class="card" aria-labelledby="steps"><h2 id="steps">People at each step</h2>
        {Table("As looked at once a day", ["Journey", "Version", "Step", "Most at once", "At the end", "Ended here"], report.Steps
            .Where(step => report.Journeys.Count == 0 || report.Journeys.Contains(step.Journey)).Select(step => (string[])
            [step.Journey, SimulationPage.Count(step.Version), step.Step, SimulationPage.Count(step.Most), SimulationPage.Count(step.Standing), SimulationPage.Count(step.Ended)]), words: 3)}
        </section>
        """);

    private static string[] Row(DiffLine line, string name) =>
        [name, SimulationPage.Count(line.Live), SimulationPage.Count(line.Next), (line.Next - line.Live).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture)];

    private static Markup Table(string caption, string[] heads, IEnumerable<string[]> rows, int words = 1) => Markup.Of($"""
        <div class="wide" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>
        <thead><tr>{heads.Select((head, place) => Markup.Of($"<th scope=\"col\"{Class(place, words)}>{head}</th>"))}</tr></thead>
        <tbody>{rows.Select(row => Markup.Of($"<tr>{row.Select((cell, place) => Markup.Of($"<td{Class(place, words)}><bdi>{cell}</bdi></td>"))}</tr>"))}</tbody>
        </table></div>
        """);

    private static Markup Class(int place, int words) => Markup.If(place >= words, $" class=\"number\"");
}
