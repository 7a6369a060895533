using System.Globalization;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Retention;

namespace CxOrchestrator.Engine.Retention;

/// <summary>What is held back, in words.</summary>
internal static class HeldWords
{
    private const string Run = "A running service sees to it within the hour: cxo run. ";

    /// <summary>What it is.</summary>
    public static string Of(HeldBack held) => held.Because switch
    {
        HeldBecause.EventsOpen => $"{Stays("events", held)} because some are not decided on",
        HeldBecause.EventsOfWalks => $"{Stays("events", held)} because some began walks that are under way or wait for a person",
        HeldBecause.MessagesOpen => $"{Stays("ledger rows", held)} because some are planned, under way or unknown",
        HeldBecause.MessagesOfWalks => $"{Stays("ledger rows", held)} because some belong to walks that are under way or wait for a person",
        _ => "rows lie in no month of their own, since nobody made it in time",
    };

    /// <summary>As a finding.</summary>
    public static Finding Finding(HeldBack held) => new(
        Of(held), held.Rows, held.Month is { } month ? new DateTimeOffset(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
        held.Because switch
        {
            HeldBecause.EventsOpen => Run + "Where it runs, read its log.",
            HeldBecause.MessagesOpen => "Unknown ones wait for a person: cxo deliveries list, then cxo deliveries settle DELIVERY. The others are sent, or expire, by themselves.",
            HeldBecause.NoMonth => Run + "Or: cxo migrate. Nothing is lost meanwhile.",
            _ => "They go when the walks have ended. See those that an error has stopped: cxo journeys list",
        },
        NeedsPerson: false);

    private static string Stays(string what, HeldBack held) => held.Month is { } month
        ? string.Create(CultureInfo.InvariantCulture, $"{what} of {month:yyyy-MM} are older than the settings keep, and the month stays")
        : $"{what} are older than the settings keep, and stay";
}
