using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Walking;

public sealed class CalendarTests
{
    private const string Steps = """
        - wait: 1 business day
        - { openCase: detractor, due: 4 business hours }
        - { waitFor: { on: order.placed, upTo: 2 business hours } }
        - wait: 1 business day in company
        - send: hello
        """;

    [Fact]
    public async Task A_journey_walks_by_its_own_calendar_and_by_another_where_a_step_names_it()
    {
        await using var world = await World.WithAsync(Offices.With(), Words.Journey("j", Steps, more: "calendar: bangkok"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        // Monday 19:00 counts from Tuesday 9:00; Wednesday is a holiday.
        var thursday = new DateTimeOffset(2026, 3, 5, 2, 0, 0, TimeSpan.Zero);
        var walk = await world.OneAsync(anna);
        Assert.Equal((thursday, "waits until 2026-03-05 02:00:00Z (1 business day in bangkok: Thu 2026-03-05 09:00 in Asia/Bangkok)"), (walk.DueAt!.Value, walk.Reason));

        await ToAsync(world, thursday);
        var opened = Assert.Single(await world.Get<ICaseStore>().ListAsync(null, 10, CancellationToken.None));
        Assert.Equal(thursday.AddHours(5), opened.DueAt);
        walk = await world.OneAsync(anna);
        Assert.Equal(thursday.AddHours(2), walk.DueAt);
        Assert.Equal("waits for order.placed until 2026-03-05 04:00:00Z (2 business hours in bangkok: Thu 2026-03-05 11:00 in Asia/Bangkok)", walk.Reason);
        var told = await world.Get<IExplainer>().ExplainAsync(anna, "j", null, CancellationToken.None);
        Assert.Contains("opened a case: detractor, due 2026-03-05 07:00:00Z (4 business hours in bangkok: Thu 2026-03-05 14:00 in Asia/Bangkok)", string.Join('\n', told.Sections.SelectMany(one => one.Lines).Select(line => line.Text)), StringComparison.Ordinal);

        // Thursday 4:00 in UTC is before the company opens, and Friday's opening is one business day later.
        await ToAsync(world, thursday.AddHours(2));
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 9, 0, 0, TimeSpan.Zero), (await world.OneAsync(anna)).DueAt);
        await ToAsync(world, new DateTimeOffset(2026, 3, 6, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal(EnrolmentState.Completed, (await world.EnrolmentAsync(walk.Id)).State);
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_walk_whose_calendar_is_gone_stays_where_it_is_and_goes_on_when_it_is_back()
    {
        await using var world = await World.WithAsync(Offices.With(), Words.Journey("j", "- wait: 1h\n- wait: 1 business day in bangkok\n- send: hello"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await using var without = world.Another("two", settings => settings with { Calendars = new Dictionary<string, Core.BusinessCalendar>() });
        world.CustomerClock.Advance(TimeSpan.FromHours(1));
        await without.RunAsync();

        var walk = await world.OneAsync(anna);
        Assert.Equal(
            (EnrolmentState.Active, world.Now.AddMinutes(10), "the calendar 'bangkok' is not configured: add Calendars:bangkok to the settings"), (walk.State, walk.DueAt!.Value, walk.Reason));
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 2, 0, 0, TimeSpan.Zero), (await world.OneAsync(anna)).DueAt);
    }

    private static Task ToAsync(World world, DateTimeOffset time) => world.PassAsync(time - world.Now);
}
