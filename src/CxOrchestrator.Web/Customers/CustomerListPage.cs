using CxOrchestrator.Core.Customers;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Customers;

/// <summary>The list of customers.</summary>
internal static class CustomerListPage
{
    /// <summary>The page's content.</summary>
    /// <param name="found">Whom to list.</param>
    /// <param name="search">What was searched for, or empty.</param>
    /// <param name="count">How many customers there are.</param>
    /// <param name="isFull">Whether there may be more than these.</param>
    /// <param name="visitor">Who looks.</param>
    public static Markup Of(IReadOnlyList<Customer> found, string search, long count, bool isFull, Visitor visitor) => Markup.Of($"""
        <div class="card">
        <h1>Customers</h1>
        <form class="search" role="search" method="get" action="/customers">
        <div><label for="q">Name, e-mail address, number or id</label><input type="search" id="q" name="q" value="{search}"></div>
        <button type="submit">Search</button>
        </form>
        </div>
        <div class="card">
        <p class="soft" role="status">{Summary(found, search, count, isFull)}</p>
        <ul class="list">
        {found.Select(customer => Row(customer, visitor))}
        </ul>
        {Markup.If(isFull && search.Length == 0, $"<a class=\"more\" href=\"/customers?after={found[^1].Id.ToString("N")}\">More customers</a>")}
        </div>
        """);

    private static string Summary(IReadOnlyList<Customer> found, string search, long count, bool isFull) => (search.Length, found.Count, isFull) switch
    {
        ( > 0, 0, _) => "Nobody is found. Search for the beginning of a name, an address, a number or an id.",
        ( > 0, var some, true) => $"The first {some} of those found; a longer text finds fewer.",
        ( > 0, 1, _) => "1 customer found",
        ( > 0, var some, _) => $"{some} customers found",
        (_, 0, _) => "There are no customers yet: import them, or let events bring them.",
        _ => $"{count} customers",
    };

    private static Markup Row(Customer customer, Visitor visitor)
    {
        var address = customer.ContactPoints.Count > 0 ? customer.ContactPoints[0] : null;
        var shown = address is null ? "no address" : visitor.SeesAddresses ? address.Address : AddressMask.Of(address);
        return Markup.Of($"""
            <li>
            <a class="main" href="/customers/{customer.Id.ToString("N")}"><bdi lang="{customer.Locale}">{CustomerHeader.NameOf(customer)}</bdi></a>
            <span class="soft"><bdi>{shown}</bdi> · {customer.Locale}</span>
            </li>

            """);
    }
}
