using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Runs;

/// <summary>A month of events with services that fail in every way and processes that end in the middle: what must hold at the end of each.</summary>
public sealed class RandomRunTests
{
    private static readonly string[] Journeys =
    [
        Words.Journey(
            "ask",
            """
            - wait: 2d
            - survey: nps
              message: ask
              via: [ email, sms ]
              id: ask
            - waitFor: { on: survey.answered, of: ask, upTo: 3d }
              otherwise: [ { send: ask, survey: nps, id: again } ]
            - choose:
                - when: answer.score <= 6
                  steps: [ { openCase: detractor, due: 1 business day } ]
                - when: answer.score >= 9
                  steps: [ { updateCustomer: { promoter: "true" } }, { emit: ping } ]
            """,
            more: "reentry: { every: 5d }\nexit: [ { on: order.returned } ]\ngoal: { on: survey.answered }", purpose: "feedback"),
        Words.Journey("thanks", "- send: hello\n  via: [ sms, email ]", "{ on: ping }", "reentry: always"),
        Words.Journey("big", "- emit: order.placed", "{ on: order.delivered, when: event.data.total > 50 }", "reentry: { per: event.data.order }"),
        Words.Journey("weekly", "- send: hello", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC }""", "reentry: always", "marketing"),
    ];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task The_books_balance_and_nobody_gets_a_message_twice(int seed, bool honoursKey)
    {
        var random = new Random(seed);
        await using var first = await World.WithAsync(
            settings => settings with { Sending = settings.Sending with { ExpiresAfter = null, QuietFrom = new TimeOnly(21, 0), QuietTo = new TimeOnly(8, 0) } }, Journeys);
        var fake = first.Fake;
        fake.HonoursKey = honoursKey;
        Misbehave(fake, random);
        var people = new List<Customer>();
        for (var number = 0; number < 25; number++)
            people.Add(await first.CustomerAsync($"c{number}", number % 5 == 0 ? null : "auto", number % 3 == 0 ? $"+668123456{number:00}" : null));

        var world = first;
        for (var tick = 0; tick < 24 * 10; tick++)
        {
            await HappenAsync(world, random, people);
            foreach (var work in Enum.GetValues<Work>().OrderBy(_ => random.Next()))
            {
                if (random.Next(40) == 0)
                    world = await CrashAsync(world, random, tick);
                await world.RunAsync(work);
            }

            Move(world, TimeSpan.FromHours(3));
        }

        Recover(fake);
        for (var day = 0; day < 40; day++)
        {
            Move(world, TimeSpan.FromHours(12));
            await world.RunAsync();
        }

        await CheckAsync(world, honoursKey);
        if (world != first)
            await world.DisposeAsync();
    }

    private static async Task CheckAsync(World world, bool honoursKey)
    {
        var books = await world.BooksAsync();
        Assert.Empty(books.Faults());
        Assert.Equal(0, books.EventsWaiting);
        Assert.True(books.EnrolmentsByEvent > 100, "The run did too little to show anything.");
        var deliveries = await world.DeliveriesAsync();
        var open = deliveries.Where(one => one.State is DeliveryState.Claimed or DeliveryState.HandedOver or DeliveryState.Planned or DeliveryState.Deferred).ToList();
        Assert.Empty(open);
        Assert.Equal(honoursKey, deliveries.All(one => one.State != DeliveryState.Unknown));

        // What the service took, it took once for each row; a row that was not accepted was not sent, unless it says that this is unknown.
        var sent = world.Fake.Taken.GroupBy(key => key).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(sent, pair => Assert.True(pair.Value == 1, $"{pair.Key} was sent {pair.Value} times"));
        foreach (var delivery in deliveries.Where(one => one.State != DeliveryState.Unknown))
        {
            var accepted = delivery.State == DeliveryState.Accepted;
            Assert.True(accepted == sent.ContainsKey(delivery.Key) || delivery.Reason.Contains("before: ", StringComparison.Ordinal), delivery.ToString());
        }

        // Whatever is owed stands in the CRM, once for each key, and every case has its ticket.
        Assert.Equal(books.WriteBacks.Values.Sum(), books.WriteBacks.GetValueOrDefault(WriteBackState.Written));
        Assert.Equal(books.Cases.Values.Sum(), books.Cases.GetValueOrDefault(CaseState.Open));
        var messages = world.Fake.Changes.Where(change => change.Kind == CrmChangeKind.Message).Select(change => change.Key).ToHashSet();
        Assert.Equal(deliveries.Where(one => one.State == DeliveryState.Accepted).Select(one => $"message/{one.Key}").ToHashSet(), messages);
    }

    private static async Task HappenAsync(World world, Random random, List<Customer> people)
    {
        for (var number = random.Next(3); number > 0; number--)
        {
            var who = $"c{random.Next(28)}";
            var type = random.Next(6) == 0 ? "order.returned" : "order.delivered";
            await world.TellAsync(who, type, $$"""{ "total": {{random.Next(100)}}, "order": {{random.Next(50)}} }""");
        }

        if (random.Next(2) == 0)
            return;
        var asked = (await world.DeliveriesAsync()).Where(one => one.InvitationId is not null && one.State == DeliveryState.Accepted).ToList();
        if (asked.Count == 0)
            return;
        var one = asked[random.Next(asked.Count)];
        await world.AnswerAsync(people.First(person => person.Id == one.CustomerId), one.Id, random.Next(11), $", \"invitation\": \"{one.InvitationId:N}\"", recorded: one.InvitationId);
    }

    // Ends in the middle of sending and walking: claims and hands over a few rows, and is never heard of again.
    private static async Task<World> CrashAsync(World world, Random random, int tick)
    {
        var ledger = world.Get<ILedger>();
        var lease = world.Get<EngineNode>().Lease(TimeSpan.FromMinutes(10));
        var claimed = await ledger.ClaimDueAsync(lease, world.Now, random.Next(1, 5), CancellationToken.None);
        var handed = claimed.Where(_ => random.Next(2) == 0).Select(one => new HandOver(one.Id, Channel.Email, FakeConnections.Name)).ToList();
        await ledger.HandOverAsync(lease, handed, world.Now, CancellationToken.None);
        await world.Get<Core.Events.IEventStore>().ClaimAsync(lease, 3, CancellationToken.None);
        var claim = new WalkClaim(lease, world.Now, [Lane.Service, Lane.Personal, Lane.Bulk], 3);
        await world.Get<IWork>().WalkDueAsync(claim, _ => Task.FromResult(new Effects()), CancellationToken.None);
        return world.Another($"node-{tick}-{random.Next()}");
    }

    private static void Misbehave(FakeConnections fake, Random random)
    {
        // A service that honours the key answers for what it has taken already.
        fake.OnSend = key => fake.HonoursKey && fake.Taken.Contains(key) ? fake.Take(key) : random.Next(10) switch
        {
            0 => SendResult.Deferred("busy"),
            1 => SendResult.Rejected("5.0.0", "no", addressInvalid: false),
            2 when random.Next(3) == 0 => throw new InvalidOperationException("lost before"),
            3 when random.Next(3) == 0 => fake.TakeAndLose(key),
            _ => fake.Take(key),
        };
        fake.OnWrite = change => random.Next(4) == 0 ? WriteResult.Retry("later") : WriteResult.Written(change.Key);
        fake.OnTicket = draft => random.Next(3) == 0 ? throw new InvalidOperationException("lost") : WriteResult.Written(draft.Key);
        fake.Guard = kind => random.Next(30) == 0 ? ("breaker open", TimeSpan.FromSeconds(random.Next(60))) : null;
    }

    private static void Recover(FakeConnections fake)
    {
        fake.OnSend = fake.Take;
        fake.OnWrite = change => WriteResult.Written(change.Key);
        fake.OnTicket = draft => WriteResult.Written(draft.Key);
        fake.Guard = _ => null;
    }

    private static void Move(World world, TimeSpan time)
    {
        world.CustomerClock.Advance(time);
        world.MachineClock.Advance(time);
    }
}
