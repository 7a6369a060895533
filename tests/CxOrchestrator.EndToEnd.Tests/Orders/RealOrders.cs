using System.Globalization;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.Orders;

/// <summary>The real orders of the shared material, with the reviews that their customers gave.</summary>
internal sealed class RealOrders
{
    private RealOrders(string folder)
    {
        Folder = folder;
        var person = Rows("customers.csv").ToDictionary(row => row["customer_id"], row => row["customer_unique_id"]);
        var reviews = Rows("reviews.csv")
            .GroupBy(row => row["order_id"])
            .ToDictionary(group => group.Key, group => group.OrderBy(row => row["review_answer_timestamp"], StringComparer.Ordinal).Last());
        Delivered = [.. Rows("orders.csv")
            .Where(row => row["order_delivered_customer_date"].Length > 0)
            .Select(row => new RealOrder(row["order_id"], person[row["customer_id"]],
                reviews.TryGetValue(row["order_id"], out var review)
                    ? new RealReview(int.Parse(review["review_score"], CultureInfo.InvariantCulture), review["review_comment_message"])
                    : null))];
    }

    public string Folder { get; }

    /// <summary>Orders that reached their customers.</summary>
    public IReadOnlyList<RealOrder> Delivered { get; }

    public static RealOrders Load() => new(Path.Combine(Needs.SharedMaterial(), "real-orders"));

    private IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var records = Csv.Records(File.ReadAllText(Path.Combine(Folder, file))).GetEnumerator();
        records.MoveNext();
        var names = records.Current;
        while (records.MoveNext())
            yield return names.Zip(records.Current).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}

internal sealed record RealOrder(string Id, string Person, RealReview? Review);

/// <summary>A review: 1 to 5 stars and a comment, which may be empty or hold line breaks.</summary>
internal sealed record RealReview(int Stars, string Comment)
{
    /// <summary>The score that stands for it: stars times two.</summary>
    public int Score => Stars * 2;
}
