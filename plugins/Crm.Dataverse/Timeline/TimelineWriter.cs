using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Timeline;

/// <summary>Puts rows on timelines, each once.</summary>
internal sealed class TimelineWriter(DataverseWire wire, TableCatalogue catalogue, Batches batches, TimelineRows rows)
{
    // So many ids fit into an address.
    private const int IdsInAddress = 100;

    /// <summary>Writes the changes and sets their results.</summary>
    public async Task WriteAsync(IReadOnlyList<PlacedChange> changes, WriteResult?[] results, CancellationToken cancellation)
    {
        var made = new List<(int Place, TimelineRow Row)>();
        // What can't be made now for one change can't be made for its like: an outage is met once, not once for each.
        var failed = new Dictionary<(CrmChangeKind, object?), WriteResult>();
        foreach (var placed in changes)
        {
            var like = (placed.Change.Kind, placed.Change.Values.GetValueOrDefault("channel"));
            if (failed.TryGetValue(like, out var result))
            {
                results[placed.Place] = result;
                continue;
            }

            try
            {
                made.Add((placed.Place, await rows.OfAsync(placed, cancellation)));
            }
            catch (ServiceException failure)
            {
                results[placed.Place] = failed[like] = Outcome.Later(failure);
            }
        }

        await Task.WhenAll(made.GroupBy(one => one.Row.Table.Name).Select(group => WriteTableAsync([.. group], results, cancellation)));
    }

    private async Task WriteTableAsync(List<(int Place, TimelineRow Row)> made, WriteResult?[] results, CancellationToken cancellation)
    {
        try
        {
            if (made.Count > 1 && await InOneAsync(made, results, cancellation))
                return;
            var answers = await batches.SendAsync([.. made.Select(one => one.Row.Operations)], cancellation);
            var taken = new List<(int Place, TimelineRow Row)>();
            foreach (var (one, answer) in made.Zip(answers))
            {
                if (Outcome.FaultIn(answer) is { Kind: FaultKind.KeyTaken })
                    taken.Add(one);
                else
                    results[one.Place] = Outcome.Of(answer, one.Row.Id.ToString("D"));
            }

            if (taken.Count > 0)
                await ConfirmAsync(taken, results, cancellation);
        }
        catch (ServiceException failure)
        {
            foreach (var (place, _) in made)
                results[place] ??= Outcome.Later(failure);
        }
    }

    /// <summary>
    /// All rows by CreateMultiple, where the table takes it: one transaction. An upsert would overwrite what people have written into a row since, and bring back
    /// one that they deleted. False where the rows have to be made one by one, which tells the good from the bad.
    /// </summary>
    private async Task<bool> InOneAsync(List<(int Place, TimelineRow Row)> made, WriteResult?[] results, CancellationToken cancellation)
    {
        var table = made[0].Row.Table;
        if (made[0].Row.HasParties || !await catalogue.TakesAsync(table.Name, "CreateMultiple", cancellation)
            || !await catalogue.TakesAsync(table.Name, "UpdateMultiple", cancellation))
            return false;
        var open = made;
        var created = await CreateAsync(table, made, cancellation);
        if (Outcome.FaultIn(created) is { Kind: FaultKind.KeyTaken })
        {
            // An earlier try has made some of them, and perhaps not completed them.
            var there = await ThereAsync(made, cancellation);
            foreach (var (place, row) in made.Where(one => there.TryGetValue(one.Row.Id, out var isOpen) && !isOpen))
                results[place] = WriteResult.Written(row.Id.ToString("D"));
            open = [.. made.Where(one => results[one.Place] is null)];
            var missing = open.Where(one => !there.ContainsKey(one.Row.Id)).ToList();
            created = missing.Count == 0 ? new ServiceReply { Status = 204, Headers = new Dictionary<string, string>(), Body = default }
                : await CreateAsync(table, missing, cancellation);
        }

        if (Outcome.FaultIn(created) is { Kind: not FaultKind.Later })
            return false;
        if (open.Count == 0)
            return true;
        var answer = created is not ServiceReply { IsSuccess: true } ? created : await MultipleAsync(
            "UpdateMultiple",
            table,
            open.Select(one => new JsonObject { [table.Key] = one.Row.Id.ToString("D"), ["statecode"] = 1, ["statuscode"] = one.Row.DoneReason }),
            cancellation);
        foreach (var (place, row) in open)
            results[place] = Outcome.Of(answer, row.Id.ToString("D"));
        return true;
    }

    private async Task<ServiceAnswer> CreateAsync(Table table, List<(int Place, TimelineRow Row)> rows, CancellationToken cancellation)
    {
        var answer = await MultipleAsync("CreateMultiple", table, rows.Select(one => (JsonObject)one.Row.Body.DeepClone()), cancellation);
        return answer is ServiceReply { IsSuccess: true } reply && !HasIds(reply, rows.Count)
            ? new ServiceSilence(true, "the answer is not one that Dataverse gives")
            : answer;
    }

    private static bool HasIds(ServiceReply reply, int rows) => reply.TryJson(out var json) && json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("Ids", out var ids) && ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() == rows;

    private Task<ServiceAnswer> MultipleAsync(string message, Table table, IEnumerable<JsonObject> targets, CancellationToken cancellation)
    {
        var typed = targets.Select(target =>
        {
            target["@odata.type"] = $"Microsoft.Dynamics.CRM.{table.Name}";
            return (JsonNode)target;
        });
        return wire.SendAsync(
            ServiceRequest.Json(HttpMethod.Post, $"{table.Set}/Microsoft.Dynamics.CRM.{message}", new JsonObject { ["Targets"] = new JsonArray([.. typed]) }),
            cancellation);
    }

    /// <summary>A key is taken: by an earlier try of ours, which may have got as far as an open row, or by something else.</summary>
    private async Task ConfirmAsync(List<(int Place, TimelineRow Row)> taken, WriteResult?[] results, CancellationToken cancellation)
    {
        var there = await ThereAsync(taken, cancellation);
        foreach (var (place, row) in taken)
        {
            results[place] = there.ContainsKey(row.Id)
                ? WriteResult.Written(row.Id.ToString("D"))
                : WriteResult.Refused("duplicate", $"the table {row.Table.Name} has another row with the same key");
        }

        var open = taken.Where(one => there.GetValueOrDefault(one.Row.Id)).ToList();
        var answers = await batches.SendAsync([.. open.Select(one => new[] { one.Row.Done })], cancellation);
        foreach (var (one, answer) in open.Zip(answers))
            results[one.Place] = Outcome.Of(answer, one.Row.Id.ToString("D"));
    }

    // Which rows are there, and whether they are open still.
    private async Task<Dictionary<Guid, bool>> ThereAsync(List<(int Place, TimelineRow Row)> rows, CancellationToken cancellation)
    {
        var there = new Dictionary<Guid, bool>();
        foreach (var some in rows.Select(one => one.Row).Chunk(IdsInAddress))
        {
            var table = some[0].Table;
            var path = $"{table.Set}?$select={table.Key},statecode&$filter={ODataText.AnyOf(table.Key, some.Select(row => row.Id))}";
            foreach (var row in (await wire.ReadAsync(ServiceRequest.Get(path), cancellation)).Json().GetProperty("value").EnumerateArray())
                there[Values.IdOf(row, table.Key)!.Value] = Values.Of(row, "statecode") is 0L;
        }

        return there;
    }
}
