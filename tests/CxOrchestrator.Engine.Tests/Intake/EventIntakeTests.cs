using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Intake;

public sealed class EventIntakeTests
{
    private static readonly string Journey = Words.Journey("j", "- wait: 1d\n- emit: parcel.greeted", "{ on: parcel.sent }");

    [Fact]
    public async Task All_faults_of_an_event_are_told_at_once_with_what_to_do()
    {
        await using var world = await World.WithAsync(Journey);
        var bad = new IncomingEvent("cxo", "", "order.deliverd", new string('x', 300), world.Now.AddDays(2), Json.Parse("[1]"));
        var result = (await AcceptAsync(world, false, bad))[0];
        Assert.Equal(IntakeOutcome.Refused, result.Outcome);
        foreach (var part in new[]
                 {
                     "id is missing: send a text of 1 to 200 characters", "subject has 300 characters: at most 200 are taken",
                     "source 'cxo' is kept for our own events", "type 'order.deliverd' is not known: did you mean 'order.delivered'?",
                     "is more than a day ahead of now", "data is of kind Array: send a JSON object",
                 })
            Assert.Contains(part, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_that_journeys_name_are_known_and_others_are_not()
    {
        await using var world = await World.WithAsync(Journey);
        var results = await AcceptAsync(
            world, false, Event(world, "1", "parcel.sent"), Event(world, "2", "parcel.greeted"), Event(world, "3", "survey.answered"), Event(world, "4", "weather.rain"));
        Assert.Equal(
            [IntakeOutcome.Stored, IntakeOutcome.Stored, IntakeOutcome.Stored, IntakeOutcome.Refused], results.Select(result => result.Outcome));
        Assert.Contains("setting Events:Types", results[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_is_known_as_soon_as_a_journey_that_names_it_is_published()
    {
        await using var world = await World.WithAsync();
        Assert.Equal(IntakeOutcome.Refused, (await AcceptAsync(world, false, Event(world, "1", "parcel.sent")))[0].Outcome);
        await world.PublishAsync(Journey);
        Assert.Equal(IntakeOutcome.Stored, (await AcceptAsync(world, false, Event(world, "1", "parcel.sent")))[0].Outcome);
    }

    [Fact]
    public async Task The_same_id_is_stored_once_within_a_call_and_over_calls()
    {
        await using var world = await World.WithAsync(Journey);
        var results = await AcceptAsync(world, false, Event(world, "1", "ping"), Event(world, "1", "ping"), Event(world, "2", "ping"));
        Assert.Equal([IntakeOutcome.Stored, IntakeOutcome.Duplicate, IntakeOutcome.Stored], results.Select(result => result.Outcome));
        Assert.Equal(IntakeOutcome.Duplicate, (await AcceptAsync(world, false, Event(world, "2", "ping")))[0].Outcome);
        Assert.Equal(2, (await world.BooksAsync()).Events);
    }

    [Fact]
    public async Task All_or_none_stores_nothing_where_one_is_refused()
    {
        await using var world = await World.WithAsync(Journey);
        var results = await AcceptAsync(world, true, Event(world, "1", "ping"), Event(world, "2", "nope"));
        Assert.All(results, result => Assert.Equal(IntakeOutcome.Refused, result.Outcome));
        Assert.Contains("another event of the same call", results[0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, (await world.BooksAsync()).Events);
    }

    [Fact]
    public async Task Ten_thousand_events_of_eight_clients_with_duplicates_are_stored_once_each()
    {
        await using var world = await World.WithAsync(Journey);
        var clients = Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            var stored = 0;
            for (var batch = 0; batch < 25; batch++)
            {
                // Every tenth event is one that another client sends too.
                var events = Enumerable.Range(0, 50).Select(number => number % 10 == 0
                    ? Event(world, $"shared/{batch}/{number}", "ping")
                    : Event(world, $"{client}/{batch}/{number}", "ping")).ToArray();
                stored += (await AcceptAsync(world, false, events)).Count(result => result.Outcome == IntakeOutcome.Stored);
            }

            return stored;
        }));
        var stored = (await Task.WhenAll(clients)).Sum();
        const int distinct = (8 * 25 * 45) + (25 * 5);
        Assert.Equal(distinct, stored);
        Assert.Equal(distinct, (await world.BooksAsync()).Events);
        await world.RunAsync();
        var books = await world.BooksAsync();
        Assert.Equal(0, books.EventsWaiting);
        Assert.Empty(books.Faults());
    }

    private static IncomingEvent Event(World world, string id, string type) => new("shop", id, type, "anna", world.Now, Json.EmptyObject);

    private static Task<IReadOnlyList<IntakeResult>> AcceptAsync(World world, bool allOrNone, params IncomingEvent[] events) =>
        world.Get<IEventIntake>().AcceptAsync(events, allOrNone, CancellationToken.None);
}
