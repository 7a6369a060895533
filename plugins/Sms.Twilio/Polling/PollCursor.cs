using System.Globalization;

namespace CxOrchestrator.Plugins.SmsTwilio.Polling;

/// <summary>How far the list of messages was told.</summary>
/// <param name="Since">Changes up to this moment, inclusive, were told.</param>
internal sealed record PollCursor(DateTimeOffset Since)
{
    private const string DateForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Within a look of several pages: the moment up to which it tells changes; else null.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Within such a look: the path of its next page.</summary>
    public string? Page { get; init; }

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static PollCursor? Parse(string? text) => text?.Split(' ') switch
    {
        [var since] when Date(since) is { } from => new PollCursor(from),
        [var since, var until, var page] when Date(since) is { } from && Date(until) is { } to => new PollCursor(from) { Until = to, Page = page },
        _ => null,
    };

    /// <summary>A date, or two dates and a path.</summary>
    public override string ToString() =>
        Until is { } until ? $"{Text(Since)} {Text(until)} {Page}" : Text(Since);

    private static string Text(DateTimeOffset date) => date.UtcDateTime.ToString(DateForm, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
