using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Crm;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>A page of the customers of a segment.</summary>
/// <param name="Customers">Who is on it.</param>
/// <param name="Next">The next page's cursor; null where this is the last.</param>
internal sealed record SegmentPage(IReadOnlyList<Customer> Customers, string? Next);

/// <summary>Reads who is in a segment: all customers, or a segment of the CRM, whose people are customers by their id there.</summary>
internal sealed class SegmentPages(
    ICustomerStore customers, CrmPeople people, IConnections connections, Pace pace, EngineOptions options, ILogger<SegmentPages> log)
{
    /// <summary>A page, or null where the CRM can't be asked now.</summary>
    /// <param name="segment">The segment; null for all customers.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="parts">What of the customers is read, at least.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public Task<SegmentPage?> ReadAsync(string? segment, string? cursor, CustomerParts parts, CancellationToken cancellation) =>
        segment is null ? AllAsync(cursor, parts, cancellation) : OfCrmAsync(segment, cursor, cancellation);

    private async Task<SegmentPage?> AllAsync(string? cursor, CustomerParts parts, CancellationToken cancellation)
    {
        var page = await customers.PageAsync(cursor is null ? null : Guid.Parse(cursor), options.CampaignPage, parts, cancellation);
        return new SegmentPage(page, page.Count < options.CampaignPage ? null : page[^1].Id.ToString("N"));
    }

    private async Task<SegmentPage?> OfCrmAsync(string segment, string? cursor, CancellationToken cancellation)
    {
        if (connections.For(Capability.CrmReader) is not { } crm || !connections.Accepts(crm.Name) || !pace.Allows(crm.Name))
            return null;
        var result = await connections.CallAsync<ICrmReader, Page<CrmPerson>>(
            crm.Name, CallKind.Read, (reader, token) => reader.SegmentAsync(segment, cursor, token), cancellation);
        if (result is not CallResult<Page<CrmPerson>>.Answered { Value: { } page })
        {
            var not = result as CallResult<Page<CrmPerson>>.NotCalled;
            var reason = not?.Reason ?? (result as CallResult<Page<CrmPerson>>.Failed)?.Reason;
            pace.Failed(crm.Name, not?.RetryAfter);
            log.LogWarning("Segment {Segment} can't be read from {Connection}: {Reason}", segment, crm.Name, reason);
            return null;
        }

        pace.Worked(crm.Name);
        // Somebody whom nobody knows yet becomes a customer: the segment says that they are one.
        var taken = await people.TakeInAsync(crm.Name, [.. page.Items.Where(person => !person.Gone)], cancellation);
        var members = await customers.GetAsync([.. taken.Select(one => one.Id).Distinct()], cancellation);
        return new SegmentPage([.. members.Values], page.NextCursor == cursor ? null : page.NextCursor);
    }
}
