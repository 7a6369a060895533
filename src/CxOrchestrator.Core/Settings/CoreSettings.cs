using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Retention;

namespace CxOrchestrator.Core.Settings;

/// <summary>Settings that several parts read, checked and in their own types; see the root <c>appsettings.json</c> for what each means.</summary>
public sealed record CoreSettings
{
    /// <summary>Absolute path of <c>Data:Folder</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Absolute path of <c>Content:Folder</c>.</summary>
    public required string ContentFolder { get; init; }

    /// <summary><c>Web:PublicUrl</c>, without a slash at its end.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary><c>Customers:Locale</c>.</summary>
    public string DefaultLocale { get; init; } = "en";

    /// <summary><c>Customers:TimeZone</c>.</summary>
    public string DefaultTimeZone { get; init; } = "Etc/UTC";

    /// <summary><c>Business</c>: the calendar that is meant where none is named.</summary>
    public BusinessCalendar Business { get; init; } = BusinessCalendar.Default;

    /// <summary><c>Calendars</c>: those of offices and teams, by name.</summary>
    public IReadOnlyDictionary<string, BusinessCalendar> Calendars { get; init; } = new Dictionary<string, BusinessCalendar>(StringComparer.Ordinal);

    /// <summary><c>Events:TriggerWithin</c>; null for any.</summary>
    public Duration? TriggerWithin { get; init; } = Duration.OfDays(7);

    /// <summary><c>Journeys:LateAfter</c>: what a pause has held for longer is late when the journey is resumed; null for never.</summary>
    public TimeSpan? LateAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary><c>Events:Types</c>.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary><c>Sending</c>.</summary>
    public SendingSettings Sending { get; init; } = new();

    /// <summary><c>Attention</c>.</summary>
    public AttentionBudget Attention { get; init; } = AttentionBudget.None;

    /// <summary><c>Retention</c>.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary><c>Crm:Sync</c>.</summary>
    public bool CrmSync { get; init; } = true;

    /// <summary><c>Cases:Owner</c>.</summary>
    public string CaseOwner { get; init; } = "care-team";

    /// <summary>A calendar by its name; null is the company's own.</summary>
    /// <exception cref="UnknownCalendarException">The settings have none of that name.</exception>
    public BusinessCalendar Calendar(string? name) =>
        name is null or BusinessCalendar.Company ? Business : Calendars.GetValueOrDefault(name) ?? throw new UnknownCalendarException(name);

    /// <summary>Whether there is a calendar of that name.</summary>
    public bool HasCalendar(string name) => name == BusinessCalendar.Company || Calendars.ContainsKey(name);
}

/// <summary>Settings of sending.</summary>
public sealed record SendingSettings
{
    /// <summary>The visible sender's address.</summary>
    public string FromAddress { get; init; } = "hello@example.test";

    /// <summary>The visible sender's name.</summary>
    public string FromName { get; init; } = "Example Shop";

    /// <summary>The company's name.</summary>
    public string Company { get; init; } = "Example Shop";

    /// <summary>Beginning of the quiet hours in the customer's zone; null for none.</summary>
    public TimeOnly? QuietFrom { get; init; } = new TimeOnly(21, 0);

    /// <summary>End of the quiet hours.</summary>
    public TimeOnly? QuietTo { get; init; } = new TimeOnly(8, 0);

    /// <summary>How long a message that can't go is kept; null for ever.</summary>
    public Duration? ExpiresAfter { get; init; } = Duration.OfDays(14);

    /// <summary>Rows claimed at once, at most: fewer for a service that takes its time. 1 to 10,000.</summary>
    public int Batch { get; init; } = 200;

    /// <summary>Messages handed over to one service at once, at most: fewer while it fails or is slow. 1 to 256.</summary>
    public int Concurrency { get; init; } = 8;
}
