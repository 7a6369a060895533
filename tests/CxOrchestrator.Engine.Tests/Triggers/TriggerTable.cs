using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Triggers;

/// <summary>A kind of trigger, and what must happen for it to begin a journey for the customer once.</summary>
/// <param name="Trigger">As it stands in a journey.</param>
/// <param name="Happens">Makes it happen, from a world that has come to rest.</param>
public sealed record TriggerCase(string Trigger, Func<World, Customer, Task> Happens);

/// <summary>Every kind of trigger. The world's clock stands at Monday, 2 March 2026, 12:00 UTC.</summary>
public static class TriggerTable
{
    private static readonly CrmPerson Person = new() { Id = "7", Name = "Anna Lee" };

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, TriggerCase> All { get; } = new Dictionary<string, TriggerCase>(StringComparer.Ordinal)
    {
        ["event"] = new("{ on: order.delivered, when: event.data.total >= 20 }", (world, _) => TellAsync(world, "order.delivered", """{ "total": 30 }""")),
        ["schedule"] = new("{ cron: \"0 0 9 ? * MON\", zone: Etc/UTC, when: customer.vip }", (world, _) => world.PassAsync(TimeSpan.FromDays(7))),
        ["schedule over a segment"] = new("{ cron: \"0 0 9 ? * MON\", zone: Etc/UTC, segment: vip }", (world, _) =>
        {
            world.Fake.OnSegment = (_, _) => In(true);
            return world.PassAsync(TimeSpan.FromDays(7));
        }),
        ["birthday"] = new("{ date: birthday, yearly: true, when: customer.vip }", (world, _) => world.PassAsync(TimeSpan.FromDays(3))),
        ["before a date"] = new("{ date: ends, before: 10 days }", (world, _) => world.PassAsync(TimeSpan.FromDays(8))),
        ["after a date"] = new("{ date: ends, after: 1 month, at: 18:30 }", (world, _) => world.PassAsync(TimeSpan.FromDays(50))),
        ["changed field"] = new("{ changed: plan, from: basic, to: gold }", (world, _) =>
        {
            world.Fake.OnChanged = cursor => cursor == "c1"
                ? new Page<CrmPerson>([], null)
                : new Page<CrmPerson>([Person with { Fields = new Dictionary<string, object?> { ["plan"] = "gold" } }], "c1");
            return world.RunAsync();
        }),
        ["enters a segment"] = new("{ enters: vip }", (world, _) => SegmentAsync(world, true)),
        ["leaves a segment"] = new("{ leaves: vip }", async (world, _) =>
        {
            await SegmentAsync(world, true);
            await SegmentAsync(world, false);
        }),
        ["answer"] = new("{ answer: nps, when: answer.score <= 6 }", async (world, customer) =>
        {
            await world.AnswerAsync(customer, Ids.New(world.Now), 3);
            await world.RunAsync();
        }),
        ["silence"] = new("{ silence: order.placed, for: 60d }", async (world, _) =>
        {
            await TellAsync(world, "order.placed");
            await world.PassAsync(TimeSpan.FromDays(60));
        }),
    };

    /// <summary>The customer of the table: known to the shop and the CRM.</summary>
    public static async Task<Customer> CustomerAsync(World world)
    {
        var draft = new CustomerDraft(
            [new("shop", "anna"), new(FakeConnections.Name, "7")], "Anna Lee", "Anna", "en", "Etc/UTC", [new(Channel.Email, "anna@example.test")],
            Json.Parse("""{ "vip": true, "birthday": "1990-03-05", "ends": "2026-03-20", "plan": "basic" }"""));
        var added = (await world.Get<ICustomerStore>().UpsertAsync([draft], world.Now, CancellationToken.None))[0].Id;
        return (await world.Get<ICustomerStore>().GetAsync([added], CancellationToken.None))[added];
    }

    private static Page<CrmPerson> In(bool isIn) => new(isIn ? [Person] : [], null);

    private static async Task TellAsync(World world, string type, string data = "{}")
    {
        await world.TellAsync("anna", type, data);
        await world.RunAsync();
    }

    private static Task SegmentAsync(World world, bool isIn)
    {
        world.Fake.OnSegment = (_, _) => In(isIn);
        return world.PassAsync(TimeSpan.FromMinutes(16));
    }
}
