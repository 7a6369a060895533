using CxOrchestrator.Core;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Doctor;

public sealed class CalendarExamTests
{
    [Fact]
    public async Task A_live_journey_whose_calendar_was_taken_out_of_the_settings_is_found()
    {
        await using var world = await World.WithAsync(Offices.With(), Words.Journey("j", "- wait: 1 business day\n- send: hello", more: "calendar: bangkok"));
        Assert.Empty(await FoundAsync(world));
        await using var without = world.Another("two", Without);
        var finding = Assert.Single(await FoundAsync(without));
        Assert.Equal(("journey j, version 1, counts in the calendar bangkok, which is not configured", true), (finding.What, finding.NeedsPerson));
        Assert.Contains("Put Calendars:bangkok back into the settings", finding.WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_version_counts_as_long_as_somebody_walks_it()
    {
        await using var world = await World.WithAsync(Offices.With(), Words.Journey("j", "- wait: 1 business day in bangkok\n- send: hello"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await world.PublishAsync(Words.Journey("j", "- wait: 1 business day\n- send: hello"));
        await using var without = world.Another("two", Without);
        Assert.Equal("journey j, version 1, which 1 person still walks, counts in the calendar bangkok, which is not configured", Assert.Single(await FoundAsync(without)).What);

        await world.PassAsync(TimeSpan.FromDays(3));
        Assert.Empty(await FoundAsync(without));
    }

    private static CoreSettings Without(CoreSettings settings) => settings with { Calendars = new Dictionary<string, BusinessCalendar>() };

    private static async Task<List<Finding>> FoundAsync(World world) =>
        [.. (await world.Get<IDoctor>().ExamineAsync(CancellationToken.None)).Where(finding => finding.What.Contains("calendar", StringComparison.Ordinal))];
}
