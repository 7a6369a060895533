using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Crm;

public sealed class CrmSyncTests
{
    private static readonly CrmPerson Zoe = new()
    {
        Id = "7", Name = "Zoë Müller", GivenName = "Zoë", Email = "Zoe@Example.test", Phone = "+49 30 901820", Locale = "de-DE", TimeZone = "Europe/Berlin",
        Fields = new Dictionary<string, object?> { ["tier"] = "gold", ["visits"] = 3, ["vip"] = true, ["odd"] = new object() },
    };

    [Fact]
    public async Task Everybody_in_the_crm_becomes_a_customer_page_by_page_and_changes_are_followed()
    {
        await using var world = await World.WithAsync();
        var pages = new Dictionary<string, Page<CrmPerson>>
        {
            [""] = new([Zoe, new CrmPerson { Id = "8", Email = "no address" }], "c1"),
            ["c1"] = new([new CrmPerson { Id = "9", TimeZone = "Mars/Olympus" }], "c2"),
        };
        world.Fake.OnChanged = cursor => pages.GetValueOrDefault(cursor ?? "") ?? new Page<CrmPerson>([], null);
        await world.RunAsync();

        Assert.Equal(3, await world.Get<ICustomerStore>().CountAsync(CancellationToken.None));
        var zoe = await FindAsync(world, "7");
        Assert.Equal(("Zoë Müller", "Zoë", "de-DE", "Europe/Berlin"), (zoe.Name, zoe.GivenName, zoe.Locale, zoe.TimeZone));
        Assert.Equal(("zoe@example.test", "+4930901820"), (zoe.AddressOn(Channel.Email), zoe.AddressOn(Channel.Sms)));
        Assert.Equal("""{"tier":"gold","visits":3,"vip":true}""", zoe.Attributes.GetRawText());
        Assert.Empty((await FindAsync(world, "8")).ContactPoints);

        pages["c2"] = new Page<CrmPerson>([Zoe with { Email = "new@example.test", Fields = new Dictionary<string, object?> { ["tier"] = null } }], "c3");
        await world.RunAsync();

        zoe = await FindAsync(world, "7");
        Assert.Equal(("new@example.test", """{"visits":3,"vip":true}"""), (zoe.AddressOn(Channel.Email), zoe.Attributes.GetRawText()));
    }

    [Fact]
    public async Task After_a_crash_the_same_page_comes_again_and_changes_nothing()
    {
        await using var world = await World.WithAsync();
        world.Fake.OnChanged = cursor => cursor is null ? new Page<CrmPerson>([Zoe], "c1") : new Page<CrmPerson>([], null);
        await world.RunAsync();
        var before = await FindAsync(world, "7");
        // Stored, and the mark lost.
        await using var next = world.Another("two");
        await next.Get<IMarkStore>().WriteAsync("crm-sync/fake", "", CancellationToken.None);
        world.Fake.OnChanged = cursor => string.IsNullOrEmpty(cursor) ? new Page<CrmPerson>([Zoe], "c1") : new Page<CrmPerson>([], null);
        world.CustomerClock.Advance(TimeSpan.FromHours(1));

        await next.RunAsync();

        Assert.Equal(before.ChangedAt, (await FindAsync(world, "7")).ChangedAt);
    }

    [Theory]
    [InlineData("Anna anna", true)]
    [InlineData(null, true)]
    [InlineData("Ben Miller", false)]
    public async Task A_customer_of_the_shop_is_not_doubled_where_the_crm_knows_them_by_the_same_address(string? name, bool same)
    {
        await using var world = await World.WithAsync();
        var anna = await world.CustomerAsync("anna");
        world.Fake.OnChanged = cursor => cursor is null
            ? new Page<CrmPerson>([new CrmPerson { Id = "7", Name = name, Email = "anna@example.test" }], "c1")
            : new Page<CrmPerson>([], null);

        await world.RunAsync();

        Assert.Equal(same, (await FindAsync(world, "7")).Id == anna.Id);
        Assert.Equal(same ? 1 : 2, await world.Get<ICustomerStore>().CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Two_records_with_one_address_are_two_people_of_whom_one_was_known()
    {
        await using var world = await World.WithAsync();
        await world.CustomerAsync("anna");
        world.Fake.OnChanged = cursor => cursor is null
            ? new Page<CrmPerson>([new CrmPerson { Id = "7", Email = "anna@example.test" }, new CrmPerson { Id = "8", Email = "anna@example.test" }], "c1")
            : new Page<CrmPerson>([], null);

        await world.RunAsync();

        Assert.NotEqual((await FindAsync(world, "7")).Id, (await FindAsync(world, "8")).Id);
        Assert.Equal(2, await world.Get<ICustomerStore>().CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Whose_record_is_gone_is_not_written_to_until_it_is_back_and_keeps_the_history()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", more: "reentry: always"));
        world.Fake.OnFind = _ => Zoe;
        world.Fake.OnChanged = cursor => cursor is null ? new Page<CrmPerson>([Zoe], "c1") : new Page<CrmPerson>([], null);
        await world.RunAsync();
        world.Fake.OnFind = _ => null;
        await world.ToldAsync(world.Fact(ServiceFacts.CrmChanged, person: "7"), world.Fact(ServiceFacts.CrmChanged, person: "never known"));
        await DeliverAsync(world);
        var refused = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Suppressed, true), (refused.State, refused.Reason.Contains("no record of the customer any more", StringComparison.Ordinal)));
        Assert.Equal("Zoë Müller", (await FindAsync(world, "7")).Name);

        world.Fake.OnFind = _ => Zoe with { Name = "Zoë M." };
        await world.ToldAsync(world.Fact(ServiceFacts.CrmChanged, person: "7"));
        await DeliverAsync(world);

        Assert.Equal("Zoë M.", Assert.Single(world.Fake.Emails).To.Name);
        Assert.Equal(1, await world.Get<ICustomerStore>().CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_is_taken_from_the_crm_where_that_is_switched_off_or_where_it_is_a_sandbox()
    {
        await using var off = await World.WithAsync(settings => settings with { CrmSync = false });
        await using var sandbox = await World.WithAsync();
        sandbox.Fake.Has.Add(Capability.Outbox);
        foreach (var world in new[] { off, sandbox })
        {
            world.Fake.OnChanged = _ => throw new InvalidOperationException("must not be read");
            Assert.Equal(0, await world.RunAsync(Work.CrmSync));
            Assert.Equal(0, await world.Get<ICustomerStore>().CountAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task Where_that_is_off_what_the_crm_tells_of_customers_is_read_and_of_strangers_is_not()
    {
        await using var world = await World.WithAsync(settings => settings with { CrmSync = false });
        await world.Get<ICustomerStore>().UpsertAsync(
            [new CustomerDraft([new ExternalId(FakeConnections.Name, "7")], "Z", null, null, null, [], default)], world.Now, CancellationToken.None);
        var read = new List<string>();
        world.Fake.OnFind = id =>
        {
            read.Add(id);
            return Zoe with { Id = id };
        };

        await world.ToldAsync(world.Fact(ServiceFacts.CrmChanged, person: "7"), world.Fact(ServiceFacts.CrmChanged, person: "8"));

        Assert.Equal(["7"], read);
        Assert.Equal("Zoë Müller", (await FindAsync(world, "7")).Name);
    }

    [Fact]
    public async Task A_member_of_a_segment_whom_nobody_knows_becomes_a_customer()
    {
        await using var world = await World.WithAsync(
            settings => settings with { CrmSync = false }, Words.Journey("news", "- send: hello", """{ cron: "0 0 9 ? * *", zone: Etc/UTC, segment: vip }"""));
        world.Fake.OnSegment = (_, _) => new Page<CrmPerson>([Zoe, new CrmPerson { Id = "8", Gone = true }], null);
        await world.RunAsync();

        await world.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal("zoe@example.test", Assert.Single(world.Fake.Emails).To.Address);
        Assert.Equal(1, await world.Get<ICustomerStore>().CountAsync(CancellationToken.None));
    }

    private static async Task DeliverAsync(World world)
    {
        var told = new Core.Events.IncomingEvent(FakeConnections.Name, $"e{Ids.New(world.Now):N}", "order.delivered", "7", world.Now, Json.EmptyObject);
        await world.Get<Core.Events.IEventIntake>().AcceptAsync([told], false, CancellationToken.None);
        await world.RunAsync();
    }

    private static async Task<Customer> FindAsync(World world, string id)
    {
        var key = Assert.Single(await world.Get<ICustomerStore>().FindAsync([new ExternalId(FakeConnections.Name, id)], CancellationToken.None)).Value;
        return (await world.Get<ICustomerStore>().GetAsync([key], CancellationToken.None))[key];
    }
}
