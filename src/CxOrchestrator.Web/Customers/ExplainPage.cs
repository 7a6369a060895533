using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Customers;

/// <summary>The chain of a customer and a journey.</summary>
internal static class ExplainPage
{
    /// <summary>The page's content.</summary>
    public static Markup Of(Customer customer, Explanation told, IEnumerable<string> journeys)
    {
        var zone = Zones.Find(customer.TimeZone).Zone;
        return Markup.Of($"""
            <div class="card">
            <h1><bdi lang="{customer.Locale}">{CustomerHeader.NameOf(customer)}</bdi>: {told.Journey}</h1>
            <p><b>{told.Sentence}</b></p>
            <p><span class="chip {Tone(told.Outcome)}">{Words(told.Outcome)}</span> {Until(told, zone)}</p>
            <p><a href="/customers/{customer.Id.ToString("N")}">All that happened to them</a></p>
            </div>
            <p class="soft small">Times are {customer.TimeZone}, the customer's own, with UTC beside them.</p>
            {told.Sections.Select(section => Section(section, zone))}
            {Links(customer, journeys)}
            """);
    }

    /// <summary>Links to the explanation of each journey.</summary>
    public static Markup Links(Customer customer, IEnumerable<string> journeys)
    {
        var keys = journeys.Order(StringComparer.Ordinal).ToList();
        return Markup.If(keys.Count > 0, $"""
            <details class="card"><summary>Why did they get it, or not?</summary>
            <ul class="list">
            {keys.Select(key => Markup.Of($"<li><a class=\"main\" href=\"/customers/{customer.Id.ToString("N")}/explain/{Uri.EscapeDataString(key)}\">{key}</a></li>\n"))}
            </ul>
            </details>
            """);
    }

    private static Markup Section(ExplainedSection section, TimeZoneInfo zone) => Markup.Of($"""
        <section class="card">
        <h2>{section.Title}</h2>
        <table class="stack">
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Happened, and why</th></tr></thead>
        <tbody>
        {section.Lines.Select(line => Line(line, zone))}
        </tbody>
        </table>
        </section>

        """);

    private static Markup Line(ExplainedLine line, TimeZoneInfo zone) => Markup.Of($"""
        <tr><td>{(line.At is { } at ? Time(at, zone) : Markup.Empty)}</td><td><span class="chip">{line.About}</span></td><td dir="auto">{line.Text}</td></tr>

        """);

    private static Markup Until(Explanation told, TimeZoneInfo zone) => told.Until is { } until ? Markup.Of($"until {Time(until, zone)}") : Markup.Empty;

    private static Markup Time(DateTimeOffset at, TimeZoneInfo zone)
    {
        var utc = at.ToUniversalTime();
        var machine = utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var local = TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return Markup.Of($"<time datetime=\"{machine}\">{local}</time> <span class=\"soft small\">({utc.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)})</span>");
    }

    private static string Words(ChainOutcome outcome) => string.Concat(
        outcome.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static string Tone(ChainOutcome outcome) => outcome switch
    {
        ChainOutcome.Sent or ChainOutcome.GoalReached or ChainOutcome.HeldOut or ChainOutcome.Completed => "good",
        ChainOutcome.Waiting or ChainOutcome.Planned or ChainOutcome.AwaitsRoom or ChainOutcome.Deferred or ChainOutcome.Sending or ChainOutcome.Due or ChainOutcome.AwaitingDecision or ChainOutcome.Paused => "fair",
        ChainOutcome.Failed or ChainOutcome.Unknown or ChainOutcome.Rejected or ChainOutcome.Suppressed or ChainOutcome.Expired or ChainOutcome.NotArrived
            or ChainOutcome.JourneyUnknown or ChainOutcome.EventUnknown => "bad",
        _ => "",
    };
}
