using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Sqlite;

/// <summary>Rows of <see cref="TimelineSql"/> in words for people.</summary>
internal static class TimelineEntries
{
    public static TimelineEntry OfEvent(Statement row)
    {
        var data = row.TextOrNull(5) is { } text ? Json.ToMap(Json.Parse(text)) : new Dictionary<string, object?>();
        return new(
            row.Time(1), TimelineKind.Event, row.Text(2), row.Bool(4) ? "processed" : "waiting", Joined(Said(data), $"from {row.Text(3)}"), "",
            data.GetValueOrDefault("channel") as string ?? "", null);
    }

    public static IEnumerable<TimelineEntry> OfEnrolment(Statement row)
    {
        var journey = row.Text(0);
        var version = row.Int(1);
        var state = (EnrolmentState)row.Int(2);
        var reason = row.Text(6);
        var entries = new List<TimelineEntry> { Entry(row.Time(3), "began", $"version {version}") };
        if (row.TimeOrNull(5) is { } goal)
            entries.Add(Entry(goal, "goal reached", ""));
        if (row.TimeOrNull(4) is { } ended)
            entries.Add(Entry(ended, Words(state), reason));
        return entries;

        TimelineEntry Entry(DateTimeOffset at, string what, string detail) =>
            new(at, TimelineKind.Enrolment, journey, what, detail, journey, "", null);
    }

    public static TimelineEntry OfDelivery(Statement row)
    {
        var state = (DeliveryState)row.Int(2);
        var due = row.TimeOrNull(6);
        var waits = state is DeliveryState.Planned or DeliveryState.Deferred && due is not null ? $"due {Moment(due.Value)}" : "";
        var engagement = (Engagement)row.Int(7);
        var far = engagement != Engagement.None && row.TimeOrNull(8) is { } at ? $"{Words(engagement)} {Moment(at)}" : "";
        var stands = state == DeliveryState.Accepted && engagement != Engagement.None ? Words(engagement) : Words(state);
        return new TimelineEntry(
            row.Time(0), TimelineKind.Delivery, row.Text(1), stands, Joined(row.Text(3), waits, far), row.Text(4),
            row.IntOrNull(5) is { } via ? Words((Channel)via) : "", null);
    }

    public static TimelineEntry OfResponse(Statement row) => new(
        row.Time(0), TimelineKind.Response, row.Text(1), row.Int(2) == 1 ? "answered" : "answer changed", row.Text(3), row.Text(4), "",
        row.IntOrNull(5));

    public static TimelineEntry OfCase(Statement row)
    {
        var ticket = row.TextOrNull(8) is { } id ? $"ticket {id} in {row.TextOrNull(7)}" : "";
        return new TimelineEntry(
            row.Time(0), TimelineKind.Case, row.Text(1), Words((CaseState)row.Int(2)),
            Joined($"owner {row.Text(5)}", $"due {Moment(row.Time(6))}", ticket, row.Text(3)), row.Text(4), "", null);
    }

    public static TimelineEntry OfWriteBack(Statement row)
    {
        var connection = row.TextOrNull(4) is { } name ? $"to {name}" : "";
        return new TimelineEntry(
            row.Time(0), TimelineKind.WriteBack, row.Text(1), Words((WriteBackState)row.Int(2)), Joined(connection, row.Text(3)), "", "", null);
    }

    public static TimelineEntry OfConsent(Statement row)
    {
        var channel = Words((Channel)row.Int(1));
        return new TimelineEntry(
            row.Time(0), TimelineKind.Consent, Words((Purpose)row.Int(2)), Words((ConsentState)row.Int(3)),
            Joined($"by {row.Text(4)}", row.Text(5)), "", channel, null);
    }

    // "HandedOver" as "handed over".
    private static string Words<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        return string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $" {letter}" : $"{letter}")).ToLowerInvariant();
    }

    // What a service or a person said about a message, with its code.
    private static string Said(IReadOnlyDictionary<string, object?> data) => string.Join(
        ' ', new[] { data.GetValueOrDefault("code"), data.GetValueOrDefault("text") }.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))
            .Where(part => !string.IsNullOrEmpty(part)));

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Joined(params string[] parts) => string.Join("; ", parts.Where(part => part.Length > 0));
}
