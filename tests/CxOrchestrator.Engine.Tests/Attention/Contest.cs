using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Attention;

/// <summary>
/// Five journeys that want to send to everybody within a few days, of which each customer gets two in seven days. What came of it is counted here from the
/// ledger alone, by other means than those of the product.
/// </summary>
internal static class Contest
{
    public const int Cap = 2;
    public static readonly TimeSpan Span = TimeSpan.FromDays(7);

    private static readonly TimeSpan Step = TimeSpan.FromHours(8);
    private static readonly (string Journey, int Priority, int? ExpiresDays)[] Journeys =
        [("birthday", 50, 9), ("nps", 70, 30), ("news", 10, 12), ("renewal", 90, null), ("win-back", 50, 13)];

    /// <summary>The content that they send, and the budget.</summary>
    public static Task<World> WorldAsync(string? postgres = null) => World.OnAsync(
        postgres,
        settings => settings with
        {
            Attention = new AttentionBudget([new AttentionLimit(Cap, Span)], [Purpose.Feedback, Purpose.Marketing]),
            Sending = settings.Sending with { Batch = 1_000, Concurrency = 64 },
        },
        [.. Journeys.Select(one => Words.Journey(one.Journey, "- send: hello", more: $"priority: {one.Priority}", purpose: "feedback"))]);

    /// <summary>So many customers.</summary>
    public static async Task<IReadOnlyList<Guid>> PeopleAsync(World world, int people)
    {
        var ids = new List<Guid>(people);
        foreach (var some in Enumerable.Range(0, people).Chunk(5_000))
        {
            var drafts = some.Select(number => new CustomerDraft(
                [new ExternalId("shop", $"c{number}")], $"Anna {number}", "Anna", "en", "Etc/UTC", [new ContactPoint(Channel.Email, $"c{number}@example.test")], Json.EmptyObject));
            ids.AddRange((await world.Get<ICustomerStore>().UpsertAsync([.. drafts], world.Now, CancellationToken.None)).Select(one => one.Id));
        }

        return ids;
    }

    /// <summary>A month: messages are planned at times that the seed gives, and the nodes send what is due.</summary>
    public static async Task RunAsync(World world, IReadOnlyList<Guid> people, int seed, params World[] nodes)
    {
        var random = new Random(seed);
        var planned = people.SelectMany(customer => Journeys.Select(journey => (Customer: customer, Of: journey, At: random.Next(9)))).ToLookup(one => one.At);
        for (var step = 0; step < 90; step++)
        {
            foreach (var some in planned[step].Chunk(5_000))
                await world.Get<IWork>().CommitAsync(new Effects { Deliveries = [.. some.Select(one => Planned(world, one.Customer, one.Of))] }, CancellationToken.None);
            if (nodes.Length == 0)
                await SendAsync(world);
            else
                await Task.WhenAll(nodes.Select(node => Task.Run(() => SendAsync(node))));
            world.Fake.Emails.Clear();
            world.CustomerClock.Advance(Step);
            world.MachineClock.Advance(Step);
        }
    }

    /// <summary>The whole ledger.</summary>
    public static async Task<IReadOnlyList<Delivery>> LedgerAsync(World world)
    {
        var all = new List<Delivery>();
        foreach (var state in Enum.GetValues<DeliveryState>())
            all.AddRange(await world.Get<ILedger>().ListAsync(state, 1_000_000, CancellationToken.None));
        return all;
    }

    /// <summary>Nobody got more than they may in any span: the first and the one after the last that may be are further apart.</summary>
    public static void NobodyGotTooMuch(IEnumerable<Delivery> ledger)
    {
        foreach (var customer in ledger.Where(one => one.State is DeliveryState.Accepted or DeliveryState.Unknown or DeliveryState.HandedOver).GroupBy(one => one.CustomerId))
        {
            var times = customer.Select(one => one.HandedOverAt!.Value).Order().ToList();
            for (var at = Cap; at < times.Count; at++)
                Assert.True(times[at] - times[at - Cap] >= Span, $"{customer.Key} got {Cap + 1} messages within {times[at] - times[at - Cap]}");
        }
    }

    /// <summary>Whatever was sent, nothing of a higher priority waited for the customer then.</summary>
    /// <returns>How many messages had others behind them.</returns>
    public static int TheHigherPriorityWonEachTime(IEnumerable<Delivery> ledger)
    {
        var conflicts = 0;
        foreach (var customer in ledger.GroupBy(one => one.CustomerId))
        {
            foreach (var sent in customer.Where(one => one.State == DeliveryState.Accepted))
            {
                var waited = customer.Where(one => one.Id != sent.Id && one.PlannedAt <= sent.HandedOverAt && (one.HandedOverAt ?? one.ChangedAt) > sent.HandedOverAt).ToList();
                Assert.DoesNotContain(waited, one => one.Priority > sent.Priority);
                conflicts += waited.Count > 0 ? 1 : 0;
            }
        }

        return conflicts;
    }

    /// <summary>Each message was sent, or has expired for want of room.</summary>
    public static void EveryLoserWasSentLaterOrExpiredWithAReason(IReadOnlyCollection<Delivery> ledger)
    {
        Assert.All(ledger, one => Assert.True(
            one.State == DeliveryState.Accepted
                || (one.State == DeliveryState.Expired && one.ExpiresAt <= one.ChangedAt && one.Reason.Contains("no room in the customer's attention budget", StringComparison.Ordinal)),
            $"{one.State}: {one.Reason}"));
        Assert.Contains(ledger, one => one.State == DeliveryState.Expired);
    }

    private static async Task SendAsync(World world)
    {
        while (await world.RunAsync(Work.Deliveries) > 0)
        {
        }
    }

    private static Delivery Planned(World world, Guid customer, (string Journey, int Priority, int? ExpiresDays) of)
    {
        var id = Ids.New(world.Now);
        return new Delivery
        {
            Id = id, CustomerId = customer, EnrolmentId = id, StepId = "1", Occurrence = 1, Journey = of.Journey, Message = "hello", Purpose = Purpose.Feedback,
            Priority = of.Priority, Via = [Channel.Email], DueAt = world.Now, ExpiresAt = of.ExpiresDays is { } days ? world.Now.AddDays(days) : null, PlannedAt = world.Now,
            ChangedAt = world.Now, Reason = "planned",
        };
    }
}
