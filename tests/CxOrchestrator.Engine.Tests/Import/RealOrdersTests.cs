using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Import;

/// <summary>2,500 real orders, with their real faults.</summary>
public sealed class RealOrdersTests
{
    [SkippableFact]
    public async Task Real_customers_and_orders_are_imported_once_and_every_row_is_accounted_for()
    {
        var folder = Needs.SharedMaterial("real-orders");
        await using var world = await World.WithAsync(
            settings => settings with { TriggerWithin = null },
            Words.Journey("post-delivery", "- send: hello", "{ on: order.delivered }", "reentry: always"));
        var people = new CustomerImportOptions
        {
            File = Path.Combine(folder, "customers.csv"),
            Mappings =
            [
                "id.shop=customer_unique_id", "name:=Cliente {{ row.customer_unique_id | string.slice 0 6 }}",
                "email:={{ row.customer_unique_id }}@example.test", "locale:=pt-BR", "timeZone:=America/Sao_Paulo", "attr.city=customer_city",
            ],
        };
        var orders = new EventImportOptions
        {
            File = Path.Combine(folder, "orders.csv"),
            Source = "shop",
            Mappings = ["id=order_id", "type:=order.delivered", "subject=customer_id", "time=order_delivered_customer_date", "data.order=order_id", "data.status=order_status"],
            Zone = "America/Sao_Paulo",
            Lookup = $"{Path.Combine(folder, "customers.csv")}:customer_id=customer_unique_id",
        };

        var customers = await world.Get<CustomerFileImport>().RunAsync(people, CancellationToken.None);
        Assert.Empty(customers.Faults);
        Assert.True(customers.Balances);
        Assert.Equal((2_500, 0), (customers.Rows, customers.Refused));
        Assert.Equal(customers.Added, await world.Get<ICustomerStore>().CountAsync(CancellationToken.None));

        var events = await world.Get<EventFileImport>().RunAsync(orders, CancellationToken.None);
        Assert.Empty(events.Faults);
        Assert.True(events.Balances);
        Assert.Equal(2_500, events.Rows);
        Assert.Equal((1_586, 914), (events.Added, events.Refused));
        Assert.All(events.Refusals, refusal => Assert.Contains("time is empty", refusal.Reason, StringComparison.Ordinal));

        var again = await world.Get<CustomerFileImport>().RunAsync(people, CancellationToken.None);
        Assert.Equal((customers.Added, 0, 0), (again.Unchanged, again.Added, again.Changed));
        var twice = await world.Get<EventFileImport>().RunAsync(orders, CancellationToken.None);
        Assert.Equal((0, events.Added), (twice.Added, twice.Duplicates));

        await world.RunAsync();
        var books = await world.BooksAsync();
        Assert.Empty(books.Faults());
        Assert.Equal(events.Added, books.EnrolmentsByEvent);
        Assert.Equal(events.Added, books.Deliveries[DeliveryState.Accepted]);
        Assert.Equal(events.Added, world.Fake.Emails.Select(email => email.Key).Distinct().Count());
        Assert.Equal(0, books.Decisions.GetValueOrDefault(EventOutcome.UnknownCustomer));
    }
}
