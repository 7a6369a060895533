using System.Text.Json;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>How far a journey's schedule has come; kept in the store, so that a restart goes on where it stopped.</summary>
/// <param name="Cron">The schedule that the rest is about.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Seen">Runs up to here are done with.</param>
/// <param name="Run">The run under way, or null.</param>
/// <param name="Cursor">The next page of the run under way; null for the first.</param>
internal sealed record CampaignMark(string Cron, string Zone, DateTimeOffset Seen, DateTimeOffset? Run, string? Cursor)
{
    /// <summary>The mark's name.</summary>
    public static string NameOf(Journey journey) => $"campaign/{journey.Key}";

    /// <summary>Reads a stored mark; null where there is none, or one of another schedule: a new schedule doesn't make up for the old one's runs.</summary>
    public static CampaignMark? Read(string? text, ScheduleTrigger trigger) =>
        text is not null && JsonSerializer.Deserialize<CampaignMark>(text) is { } mark && mark.Cron == trigger.Cron && mark.Zone == trigger.TimeZone
            ? mark
            : null;

    /// <summary>The stored form.</summary>
    public string Write() => JsonSerializer.Serialize(this);
}
