using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Events;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Customers;

/// <summary>Customers: the list with its search, one customer's timeline, and the same as JSON.</summary>
internal sealed class CustomerEndpoints(
    ICustomerStore customers, ITimelineStore timeline, IConsentStore consents, IPublishedContent content, Clocks clocks)
{
    private const int PageLength = 50;
    private const int MostEntries = 500;
    private const int LongestSearch = 200;

    /// <summary>The list, or what a search finds.</summary>
    public async Task<IResult> ListAsync(HttpContext http, string? q, string? after, CancellationToken cancellation)
    {
        var search = (q ?? "").Trim();
        search = search.Length > LongestSearch ? search[..LongestSearch] : search;
        var found = search.Length > 0
            ? await customers.SearchAsync(search, PageLength, cancellation)
            : await customers.PageAsync(Guid.TryParse(after, out var last) ? last : null, PageLength, cancellation);
        var count = await customers.CountAsync(cancellation);
        return StaffPage.Of(http, "Customers", CustomerListPage.Of(found, search, count, found.Count == PageLength, http.Visitor()));
    }

    /// <summary>The page of one customer.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } customer)
            return StaffPage.Message(http, "No such customer", "Nobody is known by this id. Search for them by name, address or number.", StatusCodes.Status404NotFound);
        var entries = await timeline.ReadAsync(customer.Id, MostEntries, cancellation);
        var inForce = await consents.InForceAsync([customer.Id], cancellation);
        var lastAnswer = entries.FirstOrDefault(entry => entry is { Kind: TimelineKind.Response, Score: not null });
        var header = new CustomerHeader(customer, http.Visitor(), clocks.Now, content);
        var page = new TimelinePage(Zones.Find(customer.TimeZone).Zone, content);
        return StaffPage.Of(http, CustomerHeader.NameOf(customer), Markup.Of($"""
            {header.Of(inForce, lastAnswer)}
            {ExplainPage.Links(customer, content.Journeys.Keys)}
            <p class="soft small">Times are {customer.TimeZone}, the customer's own, with UTC beside them.</p>
            {page.Of(entries, MostEntries)}
            """));
    }

    /// <summary>The timeline as JSON.</summary>
    public async Task<IResult> TimelineAsync(HttpContext http, string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } customer)
            return new EventProblem { Title = "No such customer", Status = StatusCodes.Status404NotFound }.ToResult();
        var visitor = http.Visitor();
        return Results.Json(
            new
            {
                customer = new
                {
                    id = customer.Id.ToString("N"), customer.Name, customer.Locale, customer.TimeZone,
                    contactPoints = customer.ContactPoints.Select(point => new
                    {
                        point.Channel, address = visitor.SeesAddresses ? point.Address : AddressMask.Of(point),
                    }),
                },
                entries = await timeline.ReadAsync(customer.Id, MostEntries, cancellation),
            },
            ApiJson.Options);
    }

    private async Task<Customer?> FindAsync(string id, CancellationToken cancellation) =>
        Guid.TryParse(id, out var key) && (await customers.GetAsync([key], cancellation)).TryGetValue(key, out var customer) ? customer : null;
}
