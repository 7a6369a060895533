using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Plugins.GenericHttp.Messages;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Crm;

/// <summary>
/// Writes changes as a description maps them, one request each and one after another: what the description writes must be the same however often it is written.
/// Changes that this connection wrote a moment ago are not written again.
/// </summary>
internal sealed class Changes(ServiceCalls calls, ServiceDescription description)
{
    private readonly WrittenOnce _once = new();

    public async Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var results = new List<WriteResult>();
        foreach (var change in changes)
            results.Add(await _once.WriteAsync(change.Key, () => WriteAsync(change, cancellation), cancellation));
        return results;
    }

    private async Task<WriteResult> WriteAsync(CrmChange change, CancellationToken cancellation)
    {
        if (!description.Changes.TryGetValue(change.Kind, out var operation))
            return WriteResult.Written("skipped");
        var model = calls.Model(("change", new Dictionary<string, object?>
        {
            ["key"] = change.Key,
            ["person"] = change.PersonId,
            ["kind"] = change.Kind.ToString().ToLowerInvariant(),
            ["at"] = change.At,
            ["title"] = change.Title,
            ["values"] = change.Values.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        }));
        try
        {
            return Outcomes.OfWrite(await calls.SendAsync(operation, model, cancellation), operation, model, change.Key);
        }
        catch (DescriptionFault fault)
        {
            return WriteResult.Refused("description", fault.Message);
        }
    }
}
