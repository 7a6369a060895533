using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Simulating;

public sealed class SimulatedCalendarTests
{
    [Fact]
    public async Task A_simulation_counts_and_sends_by_the_calendars_of_the_installation()
    {
        await using var world = await World.WithAsync(
            Offices.With(), Words.Journey("j", "- wait: 2 business hours\n- send: hello\n- wait: 7h\n- send: hello", more: "calendar: bangkok\nsendIn: business hours"));
        await world.CustomerAsync("anna");
        var told = new IncomingEvent("shop", "e1", "order.delivered", "anna", world.Now.AddHours(1), Json.Parse("{}"));
        var terms = new SimulationTerms { From = world.Now, To = world.Now.AddDays(4) };
        await using var dreamt = await Dreamt.OfAsync(world, terms, _ => new GivenEvents([told], terms.From, terms.To));

        var book = await dreamt.RunAsync();

        // Monday 20:00 in Bangkok; Tuesday 11:00; 18:00 is after hours, and Wednesday is a holiday.
        Assert.Equal(
            [new DateTimeOffset(2026, 3, 3, 4, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 5, 2, 0, 0, TimeSpan.Zero)], book.Sends.Select(send => send.At));
        Assert.Empty(world.Fake.Emails);
    }
}
