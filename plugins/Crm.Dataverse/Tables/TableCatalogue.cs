using System.Collections.Concurrent;
using System.Text.Json;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Tables;

/// <summary>
/// What the organisation has: tables, their sets' names, columns, the names of their lookups, and which of them take many rows in one request. Asked once and
/// believed for ten minutes, so that what setup makes is seen.
/// </summary>
internal sealed class TableCatalogue(DataverseWire wire, TimeProvider clock)
{
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, object? Value)> _known = new(StringComparer.Ordinal);

    /// <summary>A table; null where the organisation has none of this name.</summary>
    /// <exception cref="ServiceException">It could not be asked.</exception>
    public async Task<Table?> FindAsync(string name, CancellationToken cancellation) =>
        (Table?)await KnownAsync($"table {name}", () => AskAsync(name, cancellation));

    /// <summary>A table that must be there.</summary>
    /// <exception cref="ServiceException">It is not, or could not be asked.</exception>
    public async Task<Table> GetAsync(string name, CancellationToken cancellation) =>
        await FindAsync(name, cancellation) ?? throw new ServiceException($"the organisation has no table {name}: see what setup says");

    /// <summary>The name by which a lookup to a table is bound; it is case-sensitive and not to be guessed for tables that others made.</summary>
    /// <exception cref="ServiceException">There is no such lookup, or it could not be asked.</exception>
    public async Task<string> LookupAsync(string table, string column, string target, CancellationToken cancellation)
    {
        var lookups = (Dictionary<(string, string), string>)(await KnownAsync($"lookups {table}", () => AskLookupsAsync(table, cancellation)))!;
        return lookups.TryGetValue((column, target), out var name)
            ? name
            : throw new ServiceException($"the table {table} has no lookup {column} to {target}: see what setup says");
    }

    /// <summary>True where a table takes a message such as <c>CreateMultiple</c>.</summary>
    public async Task<bool> TakesAsync(string table, string message, CancellationToken cancellation) =>
        (bool)(await KnownAsync($"message {table} {message}", async () =>
        {
            var path = $"sdkmessagefilters?$select=sdkmessagefilterid&$filter=primaryobjecttypecode%20eq%20{ODataText.Literal(table)}"
                + $"%20and%20sdkmessageid/name%20eq%20{ODataText.Literal(message)}";
            // A role that may not ask can write all the same, row by row.
            var reply = await wire.ReadAsync(ServiceRequest.Get(path), cancellation, also: 403);
            return reply.Status != 403 && reply.Json().GetProperty("value").GetArrayLength() > 0;
        }))!;

    /// <summary>Believes nothing any more: something was made.</summary>
    public void Forget() => _known.Clear();

    private async Task<object?> KnownAsync(string what, Func<Task<object?>> ask)
    {
        if (_known.TryGetValue(what, out var known) && known.Until > clock.GetUtcNow())
            return known.Value;
        var value = await ask();
        _known[what] = (clock.GetUtcNow() + Believed, value);
        return value;
    }

    private Task<object?> KnownAsync(string what, Func<Task<bool>> ask) => KnownAsync(what, async () => (object?)await ask());

    private Task<object?> KnownAsync(string what, Func<Task<Table?>> ask) => KnownAsync(what, async () => (object?)await ask());

    private async Task<Table?> AskAsync(string name, CancellationToken cancellation)
    {
        var path = $"EntityDefinitions(LogicalName='{name}')?$select=LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,MetadataId"
            + "&$expand=Attributes($select=LogicalName,AttributeType)";
        var reply = await wire.ReadAsync(ServiceRequest.Get(path), cancellation, also: 404);
        if (reply.Status == 404)
            return null;
        var json = reply.Json();
        return new Table(
            name,
            json.GetProperty("EntitySetName").GetString()!,
            json.GetProperty("PrimaryIdAttribute").GetString()!,
            json.GetProperty("MetadataId").GetGuid(),
            json.GetProperty("ChangeTrackingEnabled").ValueKind == JsonValueKind.True,
            json.GetProperty("Attributes").EnumerateArray()
                .ToDictionary(one => one.GetProperty("LogicalName").GetString()!, one => Values.TextOf(one, "AttributeType") ?? "", StringComparer.Ordinal));
    }

    private async Task<object?> AskLookupsAsync(string table, CancellationToken cancellation)
    {
        var path = $"EntityDefinitions(LogicalName='{table}')/ManyToOneRelationships"
            + "?$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName";
        var reply = await wire.ReadAsync(ServiceRequest.Get(path), cancellation);
        var lookups = new Dictionary<(string, string), string>();
        foreach (var one in reply.Json().GetProperty("value").EnumerateArray())
        {
            lookups[(one.GetProperty("ReferencingAttribute").GetString()!, one.GetProperty("ReferencedEntity").GetString()!)] =
                one.GetProperty("ReferencingEntityNavigationPropertyName").GetString()!;
        }

        return lookups;
    }
}
