using CxOrchestrator.Plugins.CrmDataverse.Feeds;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Incidents;

/// <summary>Reads cases.</summary>
internal sealed class CaseReader(DataverseWire wire, TableCatalogue catalogue, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>One case, or null.</summary>
    public async Task<Ticket?> FindAsync(string ticketId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!Guid.TryParse(ticketId, out var id))
            return null;
        var reply = await wire.ReadAsync(Prefer.Rows($"{Cases.Set}({ODataText.Id(id)})?$select={Cases.Select}"), cancellation, also: 404);
        return reply.Status == 404 ? null : Cases.Read(reply.Json());
    }

    /// <summary>Cases that have changed, by the table's change tracking.</summary>
    public async Task<Page<Ticket>> ChangedSinceAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var table = await catalogue.GetAsync(Cases.Name, cancellation);
        var followed = new TrackedTable<Ticket>(table, Cases.Select, Cases.Read, id => Cases.Deleted(id, clock.GetUtcNow()));
        return await feed.NextAsync([followed], cursor, cancellation);
    }
}
