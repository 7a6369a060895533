namespace CxOrchestrator.EndToEnd.Tests.Orders;

/// <summary>The calls that import the real orders and their people.</summary>
internal static class OrderImport
{
    /// <summary>The people, from the file that <see cref="People"/> writes.</summary>
    public static string[] PeopleOf(string file) =>
    [
        "customers", "import", file, "--map", "id.shop=id", "--map", "name=name", "--map", "email=email", "--map", "locale=locale", "--map", "timeZone=zone",
    ];

    /// <summary>The people, from the file as it came: names and addresses are made from their ids.</summary>
    public static string[] RawPeopleOf(string folder) =>
    [
        "customers", "import", Path.Combine(folder, "customers.csv"), "--map", "id.shop=customer_unique_id", "--map", "name:=Cliente {{ row.customer_unique_id | string.slice 0 6 }}",
        "--map", "email:={{ row.customer_unique_id }}@example.test", "--map", "locale:=pt-BR", "--map", "timeZone:=America/Sao_Paulo", "--map", "attr.city=customer_city",
    ];

    /// <summary>Delivered orders as <c>order.delivered</c> of the person; orders that were not delivered have no time, and are refused for that.</summary>
    public static string[] OrdersOf(string folder) =>
    [
        "events", "import", Path.Combine(folder, "orders.csv"), "--source", "shop", "--zone", "America/Sao_Paulo",
        "--map", "id=order_id", "--map", "type:=order.delivered", "--map", "subject=customer_id", "--map", "time=order_delivered_customer_date", "--map", "data.order=order_id",
        "--lookup", $"{Path.Combine(folder, "customers.csv")}:customer_id=customer_unique_id",
    ];
}
