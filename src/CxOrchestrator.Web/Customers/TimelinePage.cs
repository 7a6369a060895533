using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Customers;

/// <summary>All that happened to a customer, newest first, by day in the customer's own zone.</summary>
internal sealed class TimelinePage(TimeZoneInfo zone, IPublishedContent content)
{
    /// <summary>The timeline.</summary>
    public Markup Of(IReadOnlyList<TimelineEntry> entries, int limit)
    {
        if (entries.Count == 0)
            return Markup.Of($"<div class=\"card\"><p>Nothing has happened yet. Events, messages, answers and cases will stand here.</p></div>");
        var days = entries.GroupBy(entry => DateOnly.FromDateTime(LocalOf(entry.At).DateTime));
        return Markup.Of($"""
            {days.Select(Day)}
            {Markup.If(entries.Count >= limit, $"<p class=\"soft\">These are the newest {limit} entries; there are older ones.</p>")}
            """);
    }

    private Markup Day(IGrouping<DateOnly, TimelineEntry> day)
    {
        var id = "day-" + day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Markup.Of($"""
            <section class="day" aria-labelledby="{id}">
            <h2 id="{id}">{day.Key.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture)}</h2>
            <ol>
            {day.Select(Entry)}
            </ol>
            </section>

            """);
    }

    private Markup Entry(TimelineEntry entry)
    {
        var tone = entry.Score is { } score ? ScoreWords.Of(score, content.Survey(entry.Title)?.Scored).Tone : EntryWords.ToneOf(entry);
        return Markup.Of($"""
            <li class="entry {tone}{Markup.If(EntryWords.IsQuiet(entry), $" quiet")}">
            {Icons.Of(entry.Kind, entry.Channel)}
            <div>
            <div class="top">
            <h3><span class="soft small">{EntryWords.KindOf(entry)}:</span> <bdi>{EntryWords.TitleOf(entry)}</bdi></h3>
            {Chips(entry)}
            {Time(entry.At)}
            </div>
            {Detail(entry)}
            {Markup.If(entry.Journey.Length > 0 && entry.Kind != TimelineKind.Enrolment, $"<p class=\"small soft\">Journey {entry.Journey}</p>")}
            </div>
            </li>

            """);
    }

    private Markup Chips(TimelineEntry entry)
    {
        var score = entry.Score is { } given ? ScoreWords.Chip(given, entry.Title, content) : Markup.Empty;
        var showsState = entry.State.Length > 0 && entry.State != "processed";
        var state = Markup.If(showsState, $" <span class=\"chip {EntryWords.ToneOf(entry)}\">{entry.State}</span>");
        var showsChannel = entry.Kind == TimelineKind.Consent && entry.Channel.Length > 0;
        return Markup.Of($"{score}{state}{Markup.If(showsChannel, $" <span class=\"chip\">by {entry.Channel}</span>")}");
    }

    private static Markup Detail(TimelineEntry entry) => entry switch
    {
        { Detail.Length: 0 } => Markup.Empty,
        { Kind: TimelineKind.Response } => Markup.Of($"<blockquote dir=\"auto\">{entry.Detail}</blockquote>"),
        _ => Markup.Of($"<p class=\"small\" dir=\"auto\">{entry.Detail}</p>"),
    };

    private Markup Time(DateTimeOffset at)
    {
        var utc = at.ToUniversalTime();
        var machine = utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var local = LocalOf(at).ToString("HH:mm", CultureInfo.InvariantCulture);
        var viewer = utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return Markup.Of($"<span class=\"at\"><time datetime=\"{machine}\">{local}</time> <span class=\"small\">({viewer})</span></span>");
    }

    private DateTimeOffset LocalOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
}
