using CxOrchestrator.EndToEnd.Tests.Orders;
using CxOrchestrator.EndToEnd.Tests.Running;

namespace CxOrchestrator.EndToEnd.Tests;

/// <summary>The real files, faults and all, imported by the command line as an admin does.</summary>
public sealed class RealOrdersImportTests
{
    [SkippableFact]
    public async Task All_rows_are_accounted_for_and_a_second_run_changes_nothing()
    {
        var orders = RealOrders.Load();
        await using var shop = new Shop(mail: null, new DateTimeOffset(2018, 11, 1, 6, 0, 0, TimeSpan.Zero));
        await shop.DoAsync("journeys", "publish");
        var refused = Path.Combine(shop.Folder, "refused.txt");

        var people = await shop.DoAsync(OrderImport.RawPeopleOf(orders.Folder));
        var first = await shop.DoAsync([.. OrderImport.OrdersOf(orders.Folder), "--refused-to", refused]);
        var books = await shop.BooksAsync();
        var peopleAgain = await shop.DoAsync(OrderImport.RawPeopleOf(orders.Folder));
        var second = await shop.DoAsync(OrderImport.OrdersOf(orders.Folder));

        var delivered = orders.Delivered.Count;
        Assert.Equal(2_500, Count(people, "imported") + Count(people, "duplicate"));
        Assert.Equal((delivered, 0, 2_500 - delivered), (Count(first, "imported"), Count(first, "duplicate"), Count(first, "refused")));
        Assert.Equal((0, delivered, 2_500 - delivered), (Count(second, "imported"), Count(second, "duplicate"), Count(second, "refused")));
        Assert.Equal((0, Count(people, "imported")), (Count(peopleAgain, "imported"), Count(peopleAgain, "unchanged")));
        Assert.Equal(books, await shop.BooksAsync(), EqualBooks);

        // Each refused row by its line, with the reason; the first one stands in the file's third line.
        var lines = await File.ReadAllLinesAsync(refused);
        Assert.Equal(2_500 - delivered, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^\d+\t.*time is empty", line));
        Assert.StartsWith("3\t", lines[0], StringComparison.Ordinal);
    }

    private static bool EqualBooks(BooksReading before, BooksReading after) =>
        (before.Events, before.EventsWaiting, before.EnrolmentsByEvent, before.DeliveryRows) == (after.Events, after.EventsWaiting, after.EnrolmentsByEvent, after.DeliveryRows);

    // The number in a table's row such as │ imported │ 1,586 │; 0 where there is no such row.
    private static int Count(string output, string row)
    {
        var match = System.Text.RegularExpressions.Regex.Match(output, $@"│ {row} +│ ([\d,]+) +│");
        return match.Success ? int.Parse(match.Groups[1].Value, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }
}
