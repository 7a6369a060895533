using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Core.Settings;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Host.Settings;

/// <summary>Reads and checks the settings; all faults at once.</summary>
public static class SettingsReader
{
    private static readonly string[] Sections =
        ["Data", "Storage", "Node", "Links", "Content", "Clock", "Web", "Access", "Events", "Journeys", "Customers", "Business", "Calendars", "Sending", "Attention", "Retention", "Cases", "Crm", "Plugins", "Connections", "Use", "Guard", "Health", "Surveys", "Logging"];

    /// <summary>The settings, and what is wrong with them; where there are faults, the settings are not to be used.</summary>
    /// <param name="configuration">All sources together.</param>
    /// <param name="baseFolder">The folder that relative paths are meant from.</param>
    /// <param name="starterContent">The content folder used where none is named.</param>
    public static (HostSettings Settings, IReadOnlyList<string> Faults) Read(
        IConfiguration configuration, string baseFolder, string starterContent)
    {
        var faults = new List<string>();
        foreach (var child in configuration.GetChildren().Where(child => !Sections.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            faults.Add($"{child.Key} is not a section of the settings.{Nearest.Hint(child.Key, Sections)}");

        var data = Section("Data");
        var dataFolder = Path.GetFullPath(data.Text("Folder", "data"), baseFolder);
        data.NothingElse();

        var storage = StorageSettings.Read(Section("Storage"), baseFolder, dataFolder, faults);

        var node = NodeSettings.Read(Section("Node"), dataFolder, faults);

        var content = Section("Content");
        var contentFolder = content.Text("Folder") is { Length: > 0 } folder ? Path.GetFullPath(folder, baseFolder) : starterContent;
        var publishAtStart = content.YesNo("PublishAtStart", true);
        content.NothingElse();

        var clock = Section("Clock");
        var speed = clock.Number("Speed", 1, 0);
        var (start, anchor) = (clock.Moment("Start"), clock.Moment("Anchor"));
        clock.NothingElse();

        var web = Section("Web");
        var listen = web.Address("Listen", "http://127.0.0.1:8025");
        var publicUrl = web.Address("PublicUrl", listen.AbsoluteUri);
        web.Leave("MaxHookBytes").NothingElse();

        var core = new CoreSettings { DataFolder = dataFolder, ContentFolder = contentFolder, PublicUrl = publicUrl };
        core = ReadCore(core, Section, faults);
        return (new HostSettings
        {
            Core = core,
            Storage = storage,
            Node = node,
            Links = LinkSettings.Read(Section("Links"), faults),
            PublishAtStart = publishAtStart,
            Listen = listen,
            ClockSpeed = speed,
            ClockStart = start,
            ClockAnchor = anchor,
        }, faults);

        SettingsSection Section(string name) => new(configuration.GetSection(name), faults);
    }

    private static CoreSettings ReadCore(CoreSettings core, Func<string, SettingsSection> section, List<string> faults)
    {
        var events = section("Events").Leave("Sources", "MaxBytes", "MaxWaiting", "MaxWaitingBytes");
        core = core with
        {
            TriggerWithin = events.Duration("TriggerWithin", "7d", never: "any"),
            EventTypes = events.List("Types", "an event type such as order.returned", text => (text.Length > 0, text)),
        };
        events.NothingElse();

        var customers = section("Customers");
        core = core with
        {
            DefaultTimeZone = customers.Zone("TimeZone", "Etc/UTC").Id,
            DefaultLocale = customers.Text("Locale", "en"),
        };
        if (!Locales.Find(core.DefaultLocale).Known)
            faults.Add($"Customers:Locale is \"{core.DefaultLocale}\": write a language tag such as en or pt-BR");
        customers.NothingElse();

        var journeys = section("Journeys");
        if (journeys.Duration("LateAfter", "1d", never: "never") is { } late)
        {
            core = core with { LateAfter = TimeSpan.FromDays(late.Days) + late.Clock };
            if (late.CountsBusiness)
                faults.Add($"Journeys:LateAfter is \"{late}\": write it without business days, such as 1d or 12h");
        }
        else
        {
            core = core with { LateAfter = null };
        }

        journeys.NothingElse();

        var cases = section("Cases");
        core = core with { CaseOwner = cases.Text("Owner", "care-team") };
        cases.NothingElse();

        var retention = section("Retention");
        core = core with
        {
            Retention = new RetentionSettings(retention.Months("Events", RetentionSettings.Longest), retention.Months("Ledger", RetentionSettings.Longest)),
        };
        retention.NothingElse();
        core = core with { Attention = AttentionSettings.Read(section("Attention"), core.Retention, faults) };

        var crm = section("Crm");
        core = core with { CrmSync = crm.YesNo("Sync", true) };
        crm.NothingElse();
        var business = CalendarSettings.Company(section("Business"), faults);
        core = core with { Business = business, Calendars = CalendarSettings.Others(section("Calendars"), business, faults), Sending = ReadSending(section("Sending")) };
        faults.AddRange(NoCalendar(core, "Events:TriggerWithin", core.TriggerWithin).Concat(NoCalendar(core, "Sending:ExpiresAfter", core.Sending.ExpiresAfter)));
        return core;
    }

    private static IEnumerable<string> NoCalendar(CoreSettings core, string key, Duration? duration)
    {
        if (duration?.Calendar is { } calendar && !core.HasCalendar(calendar))
            yield return $"{key} is \"{duration}\": there is no calendar '{calendar}'.{Nearest.Hint(calendar, core.Calendars.Keys)} Add Calendars:{calendar}, or write it without";
    }

    private static SendingSettings ReadSending(SettingsSection sending)
    {
        var defaults = new SendingSettings();
        var settings = new SendingSettings
        {
            FromAddress = sending.Text("FromAddress", defaults.FromAddress),
            FromName = sending.Text("FromName", defaults.FromName),
            Company = sending.Text("Company", defaults.Company),
            QuietFrom = sending.TimeOfDay("QuietFrom", defaults.QuietFrom),
            QuietTo = sending.TimeOfDay("QuietTo", defaults.QuietTo),
            ExpiresAfter = sending.Duration("ExpiresAfter", "14d", never: "never"),
            Batch = sending.Whole("Batch", defaults.Batch, 1, 10_000),
            Concurrency = sending.Whole("Concurrency", defaults.Concurrency, 1, 256),
        };
        sending.NothingElse();
        return settings;
    }
}
