using System.Globalization;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Simulations;

/// <summary>What a simulation came to, as one page that stands for itself: no script, charts as pictures with their numbers in a table beside them.</summary>
public static class SimulationPage
{
    private const string Styles = """
        .wide{overflow-x:auto}
        .wide :is(th,td){overflow-wrap:break-word}
        .numbers{margin-block:.75rem 1rem}
        .wide:focus-visible{outline:3px solid var(--main);outline-offset:2px}
        figure{margin:0 0 1rem}
        figcaption{color:var(--soft);padding-block-end:.5rem}
        svg.chart{display:block;inline-size:100%;min-inline-size:36rem;block-size:auto;direction:ltr}
        svg.chart .bar{fill:var(--main)}
        svg.chart .bar.live{fill:none;stroke:var(--ink);stroke-width:1.5}
        svg.chart .axis{stroke:var(--edge);stroke-width:1}
        svg.chart text{fill:var(--ink);font-size:16px}
        ul.notes{padding-inline-start:1.25rem}
        @media (forced-colors:active){svg.chart .bar{fill:CanvasText}}
        """;

    /// <summary>The page's text.</summary>
    public static string Of(SimulationReport report)
    {
        var title = report.Journeys.Count == 0 ? "All journeys in force" : string.Join(", ", report.Journeys);
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{title}: simulated</title>
            <style>{Markup.Raw(StaffStyles.Text)}{Markup.Raw(Styles)}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <main id="main">
            <div class="card">
            <h1><bdi>{title}</bdi></h1>
            <p>Simulated from {Day(report.From)} to {Day(report.To)} with seed {report.Seed}. Nothing was sent.</p>
            {Numbers(report)}
            </div>
            {SimulationTables.Diff(report)}
            {Loads(report)}
            {SimulationTables.Messages(report)}
            {SimulationTables.Steps(report)}
            <section class="card" aria-labelledby="notes"><h2 id="notes">What this stands on</h2>
            <ul class="notes">{report.Notes.Select(note => Markup.Of($"<li>{note.Trim()}</li>"))}</ul>
            </section>
            </main>
            </body>
            </html>
            """).ToString();
    }

    internal static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static Markup Numbers(SimulationReport report) => Markup.Of($"""
        <div class="numbers">
        <div><b>{Count(report.Customers)}</b>customers</div>
        <div><b>{Count(report.Events)}</b>events</div>
        <div><b>{Count(report.Sent)}</b>messages</div>
        <div><b>{Count(report.Reached)}</b>customers get one or more</div>
        <div><b>{Count(report.Answers)}</b>answers</div>
        <div><b>{Count(report.Withdrawals)}</b>withdraw consent</div>
        </div>
        """);

    private static Markup Loads(SimulationReport report) => Markup.Join(report.Loads.Select((load, number) => Markup.Of($"""
        <section class="card" aria-labelledby="load-{number}"><h2 id="load-{number}">Connection <bdi>{load.Connection}</bdi></h2>
        <p>{Count(load.Messages)} messages; the busiest hour begins {load.BusiestHour.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC with {Count(load.InBusiestHour)}{Limit(load)}.</p>
        {BarChart.Of($"{load.Connection}: messages a day", Days(report.From, load.Days))}
        {BarChart.Of($"{load.Connection}: messages by hour of the day (UTC)", [.. load.Hours.Select((count, hour) => (hour.ToString("00", CultureInfo.InvariantCulture), count))])}
        </section>
        """)));

    private static string Limit(ConnectionLoad load) => load.LimitPerHour is not { } limit ? "; its settings set no limit"
        : load.InBusiestHour > limit ? $"; its settings let {Count((long)limit)} through in an hour, which is too few" : $"; its settings let {Count((long)limit)} through in an hour";

    private static List<(string Name, long Count)> Days(DateTimeOffset from, IReadOnlyList<long> days) =>
        [.. days.Select((count, day) => (from.UtcDateTime.AddDays(day).ToString("MM-dd", CultureInfo.InvariantCulture), count))];

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
