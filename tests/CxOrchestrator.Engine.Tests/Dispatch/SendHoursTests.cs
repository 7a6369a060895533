using CxOrchestrator.Core;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Dispatch;

public sealed class SendHoursTests
{
    private static readonly DateTimeOffset Opening = new(2026, 3, 3, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_waits_until_the_office_opens_and_says_so()
    {
        await using var world = await World.WithAsync(Offices.With(), Words.Journey("j", "- send: hello", more: "calendar: bangkok\nsendIn: business hours"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        var delivery = await world.DeliveryAsync();
        Assert.Equal(
            (DeliveryState.Planned, Opening, "waits until the office opens at 2026-03-03 02:00:00Z (business hours of bangkok)", "bangkok"),
            (delivery.State, delivery.DueAt!.Value, delivery.Reason, delivery.SendIn));
        var told = await world.Get<IExplainer>().ExplainAsync(anna, "j", null, CancellationToken.None);
        Assert.Equal((ChainOutcome.Planned, delivery.Reason), (told.Outcome, told.Reason));
        Assert.Contains("hello is planned for service by e-mail, in business hours of bangkok", string.Join('\n', told.Sections.SelectMany(one => one.Lines).Select(line => line.Text)), StringComparison.Ordinal);

        await world.PassAsync(Opening - world.Now - TimeSpan.FromSeconds(1));
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task In_the_hours_it_goes_at_once_and_after_them_one_that_may_go_at_any_time_alone()
    {
        await using var world = await World.WithAsync(
            Offices.With(), Words.Journey("j", "- { send: hello, sendIn: business hours in bangkok }\n- { send: hello, sendIn: any time }", more: "sendIn: business hours\nreentry: always"));
        await world.CustomerAsync("anna");
        await world.PassAsync(Opening.AddHours(2) - world.Now);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal(2, world.Fake.Emails.Count);

        // At noon the office has lunch.
        await world.PassAsync(TimeSpan.FromHours(1));
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal(3, world.Fake.Emails.Count);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(4, world.Fake.Emails.Count);
    }

    [Fact]
    public async Task It_goes_when_the_office_is_open_and_the_customer_is_awake()
    {
        // Business hours in Bangkok are 21:00 to 6:00 in New York, where it is quiet from 22:00 to 8:00: an hour is left, on the eve of a working day.
        await using var world = await World.WithAsync(
            Offices.With(new TimeOnly(22, 0), new TimeOnly(8, 0)), Words.Journey("j", "- send: hello", more: "calendar: bangkok\nsendIn: business hours", purpose: "feedback"));
        await world.CustomerAsync("anna", zone: "America/New_York");
        await world.PassAsync(Opening.AddHours(2) - world.Now);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var delivery = await world.DeliveryAsync();
        // Tuesday 9:00 in Bangkok is past; Wednesday is a holiday.
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 2, 0, 0, TimeSpan.Zero), delivery.DueAt);
        Assert.Equal("waits until the office opens at 2026-03-05 02:00:00Z (business hours of bangkok, and not in the quiet hours in America/New_York)", delivery.Reason);
        await world.PassAsync(delivery.DueAt!.Value - world.Now);
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task Where_the_two_never_meet_it_expires_with_that_reason()
    {
        await using var world = await World.WithAsync(
            Offices.With(new TimeOnly(20, 0), new TimeOnly(8, 0)), Words.Journey("j", "- { send: hello, expires: 3d }", more: "calendar: bangkok\nsendIn: business hours", purpose: "feedback"));
        await world.CustomerAsync("anna", zone: "America/New_York");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal("the business hours of bangkok lie in the quiet hours in America/New_York", (await world.DeliveryAsync()).Reason);
        for (var day = 0; day < 3; day++)
            await world.PassAsync(TimeSpan.FromDays(1));
        var expired = await world.DeliveryAsync();
        Assert.Equal(DeliveryState.Expired, expired.State);
        Assert.EndsWith("last: the business hours of bangkok lie in the quiet hours in America/New_York", expired.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_calendar_it_does_not_go_by_anothers_hours()
    {
        await using var world = await World.WithAsync(Offices.With(), Words.Journey("j", "- { send: hello, sendIn: business hours in bangkok }"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await using var without = world.Another("two", settings => settings with { Calendars = new Dictionary<string, BusinessCalendar>() });
        world.CustomerClock.Advance(Opening - world.Now);
        await without.RunAsync();
        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Deferred, "the calendar 'bangkok' is not configured: add Calendars:bangkok to the settings"), (delivery.State, delivery.Reason));
        Assert.Empty(world.Fake.Emails);
    }
}
