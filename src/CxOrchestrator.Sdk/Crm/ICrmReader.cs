namespace CxOrchestrator.Sdk;

/// <summary>Reads people from a CRM.</summary>
public interface ICrmReader
{
    /// <summary>The person with this id in the CRM, or null.</summary>
    Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>People changed since a cursor that an earlier call gave; null begins with everybody.</summary>
    Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation);

    /// <summary>People of a segment (a list, a view) of the CRM, by its name there.</summary>
    Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation);
}
