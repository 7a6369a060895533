using CxOrchestrator.Core;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Crm;

public sealed class ChangedFieldTests
{
    private static readonly string Upgrade = Words.Journey("upgrade", "- send: hello", "{ changed: plan, from: basic, to: gold }", "reentry: always");

    [Fact]
    public async Task A_change_that_the_crm_tells_begins_the_journey_once_where_it_is_the_one_asked_for()
    {
        await using var world = await World.WithAsync(Upgrade);
        Tells(world, "c1", "basic");
        await world.RunAsync();
        Tells(world, "c2", "silver");
        await world.RunAsync();
        Tells(world, "c3", "basic");
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        Tells(world, "c4", "gold");
        await world.RunAsync();
        Assert.Equal("7@example.test", Assert.Single(world.Fake.Emails).To.Address);
        // After a crash the page comes again.
        await world.Get<IMarkStore>().WriteAsync("crm-sync/fake", "c3", CancellationToken.None);
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task The_chain_says_why_another_change_did_not_begin_it()
    {
        await using var world = await World.WithAsync(Upgrade);
        Tells(world, "c1", "basic");
        await world.RunAsync();
        Tells(world, "c2", "silver");
        await world.RunAsync();
        var customers = world.Get<Core.Customers.ICustomerStore>();
        var anna = Assert.Single(await customers.PageAsync(null, 9, CancellationToken.None));
        var said = await world.Get<IExplainer>().ExplainAsync(anna, "upgrade", null, CancellationToken.None);
        Assert.Equal(ChainOutcome.ConditionFalse, said.Outcome);
        Assert.Contains("""event.data.from is "basic", event.data.to is "silver""", said.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_by_an_imported_file_and_one_that_a_walk_waits_for_count_too()
    {
        await using var world = await World.WithAsync(
            Upgrade, Words.Journey("waits", "- waitFor: { on: customer.changed.tier, upTo: 9d, when: event.data.to == 'A' }\n  otherwise: [ { exit: no } ]\n- send: hello"));
        await ImportAsync(world, "id,plan,tier\nanna,basic,B\n");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        await ImportAsync(world, "id,plan,tier\nanna,gold,B\n");
        await world.RunAsync();
        Assert.Equal(1, (await world.DeliveriesAsync()).Count(one => one.Journey == "upgrade"));
        await ImportAsync(world, "id,plan,tier\nanna,gold,A\n");
        await world.RunAsync();
        Assert.Equal(["upgrade", "waits"], (await world.DeliveriesAsync()).Select(one => one.Journey).Order());
    }

    [Fact]
    public async Task What_a_journey_sets_itself_begins_nothing()
    {
        await using var world = await World.WithAsync(Words.Journey("loop", "- updateCustomer: { plan: \"'gold'\" }", "{ changed: plan }", "reentry: always"));
        Tells(world, "c1", "basic");
        await world.RunAsync();
        Tells(world, "c2", "silver");
        await world.RunAsync();
        Assert.Equal(1, (await world.BooksAsync()).Events);
    }

    private static void Tells(World world, string cursor, string plan)
    {
        var person = new CrmPerson { Id = "7", Name = "Anna", Email = "7@example.test", Fields = new Dictionary<string, object?> { ["plan"] = plan } };
        world.Fake.OnChanged = before => string.CompareOrdinal(before, cursor) < 0 ? new Page<CrmPerson>([person], cursor) : new Page<CrmPerson>([], null);
    }

    private static async Task ImportAsync(World world, string text)
    {
        var file = Path.Combine(world.Folder, "customers.csv");
        await File.WriteAllTextAsync(file, text);
        var report = await world.Get<CustomerFileImport>().RunAsync(
            new CustomerImportOptions { File = file, Mappings = ["id.shop=id", "email:={{ row.id }}@example.test", "attr.plan=plan", "attr.tier=tier"] }, CancellationToken.None);
        Assert.Empty(report.Faults);
    }
}
