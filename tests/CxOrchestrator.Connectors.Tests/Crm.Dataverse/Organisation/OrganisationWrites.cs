using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>What makes and changes rows, with Dataverse's rules and traps. Called under the organisation's lock; what is done can be undone.</summary>
internal sealed partial class OrganisationWrites(DataverseOrganisation organisation)
{
    private readonly List<Action> _undo = [];

    public void RollBack()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
            _undo[i]();
        _undo.Clear();
    }

    public OrganisationAnswer Create(OrganisationTable table, JsonObject body)
    {
        var id = body[table.Key] is { } given ? Guid.Parse(given.GetValue<string>()) : organisation.NewId();
        return Make(table, id, body);
    }

    public OrganisationAnswer Patch(OrganisationTable table, Guid id, OrganisationCall call)
    {
        var match = call.Header("If-Match");
        var there = table.Rows.GetValueOrDefault(id);
        if (there is null)
        {
            // This is how a deleted row comes back: an update without a condition makes it.
            return match is null ? Make(table, id, call.Json()) : NotThere(table, id);
        }

        if (call.Header("If-None-Match") == "*")
            return OrganisationAnswer.Error(412, "0x80060892", "A record with matching key values already exists.");
        return match is not null and not "*" && match != there.Tag
            ? OrganisationAnswer.Error(412, "0x80060882", "The version of the existing record doesn't match the RowVersion property provided.")
            : Change(table, there, call.Json());
    }

    public OrganisationAnswer Change(OrganisationTable table, OrganisationRow row, JsonObject body)
    {
        if (table.Name == "incident" && body["statecode"]?.GetValue<int>() == 1)
            return OrganisationAnswer.Error(400, "0x80048408", "A case is resolved by CloseIncident.");
        if (table.Name == "incident" && row.Values["statecode"]?.GetValue<int>() == 1 && body["statecode"] is null)
            return OrganisationAnswer.Error(400, "0x80040203", "A resolved case is read-only.");
        if (body.ContainsKey("statecode") != body.ContainsKey("statuscode"))
            return OrganisationAnswer.Error(400, "0x80048408", "State and status code belong together.");
        return Set(table, row, body) ?? Kept(table, row);
    }

    public OrganisationAnswer Delete(OrganisationTable table, Guid id)
    {
        if (!table.Rows.Remove(id))
            return NotThere(table, id);
        table.Deleted.Add((id, organisation.NextVersion()));
        return OrganisationAnswer.Empty();
    }

    private OrganisationAnswer Make(OrganisationTable table, Guid id, JsonObject body)
    {
        if (table.Rows.ContainsKey(id))
            return OrganisationAnswer.Error(412, organisation.EmptyCodes ? "" : "0x80040237", organisation.EmptyCodes ? "" : "Cannot insert duplicate key.");
        if (body["statecode"] is not null)
            return OrganisationAnswer.Error(400, "0x80048408", $"{body["statuscode"]} is not a valid status code for state code Active on {table.Name}.");
        if (table.Name == "incident" && !body.Any(pair => pair.Key is "customerid_contact@odata.bind" or "customerid_account@odata.bind"))
            return OrganisationAnswer.Error(400, "0x80040203", "You should specify a parent contact or account.");
        var row = new OrganisationRow(id) { Values = new JsonObject { [table.Key] = id.ToString("D") } };
        if (table.Columns.ContainsKey("statecode"))
            (row.Values["statecode"], row.Values["statuscode"]) = (0, 1);
        if (Set(table, row, body) is { } refused)
            return refused;
        table.Rows.Add(id, row);
        _undo.Add(() => table.Rows.Remove(id));
        var address = $"{organisation.Api}{table.Set}({id:D})";
        Kept(table, row);
        return OrganisationAnswer.Empty(204, new("OData-EntityId", address), new("Location", address));
    }

    private OrganisationAnswer Kept(OrganisationTable table, OrganisationRow row)
    {
        var version = row.Version;
        row.Version = organisation.NextVersion();
        row.Values["modifiedon"] = organisation.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (table.Columns.ContainsKey("createdon"))
            row.Values["createdon"] ??= row.Values["modifiedon"]!.GetValue<string>();
        if (table.Name == "contact" && (row.Values["firstname"] ?? row.Values["lastname"]) is not null)
            row.Values["fullname"] = $"{row.Text("firstname")} {row.Text("lastname")}".Trim();
        var stamps = row.Text("cxo_stamps");
        var stamped = stamps is not null && row.Stamps.LastOrDefault() != stamps;
        if (stamped)
            row.Stamps.Add(stamps!);
        _undo.Add(() =>
        {
            row.Version = version;
            if (stamped)
                row.Stamps.RemoveAt(row.Stamps.Count - 1);
        });
        return OrganisationAnswer.Empty();
    }

    // All or nothing: what is refused has changed nothing.
    private OrganisationAnswer? Set(OrganisationTable table, OrganisationRow row, JsonObject body)
    {
        var values = (JsonObject)row.Values.DeepClone();
        foreach (var (name, value) in body)
        {
            if (name == "@odata.type" || name == table.Key)
                continue;
            if (name.EndsWith("@odata.bind", StringComparison.Ordinal))
            {
                if (Bind(table, values, name[..^"@odata.bind".Length], value!.GetValue<string>()) is { } refused)
                    return refused;
            }
            else if (name == $"{table.Name}_activity_parties")
            {
                var parties = organisation.Tables["activityparty"];
                foreach (var party in value!.AsArray().Select(one => one!.AsObject()))
                {
                    if (Make(parties, organisation.NewId(), party) is { IsSuccess: false } bad)
                        return bad;
                }
            }
            else if (name is "fullname" or "ticketnumber" || !table.Columns.TryGetValue(name, out var type) || name.StartsWith('_'))
            {
                return OrganisationAnswer.Error(400, "0x80048d19", $"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{table.Name}'.");
            }
            else if (!Fits(type, value))
            {
                return OrganisationAnswer.Error(400, "0x80048d19", $"Cannot convert the value of '{name}' to the expected type.");
            }
            else if (name == "subject" && value?.GetValue<string>().Length > 200)
            {
                return OrganisationAnswer.Error(400, "0x80044331", $"A validation error occurred. The length of the 'subject' attribute of the '{table.Name}' entity exceeded the maximum allowed length of '200'.");
            }
            else
            {
                values[name] = value?.DeepClone();
            }
        }

        var before = row.Values;
        row.Values = values;
        _undo.Add(() => row.Values = before);
        return null;
    }

    private OrganisationAnswer? Bind(OrganisationTable table, JsonObject values, string name, string address)
    {
        if (!table.Lookups.TryGetValue(name, out var lookup))
            return OrganisationAnswer.Error(400, "0x80048d19", $"An undeclared property '{name}' which only has property annotations in the payload.");
        var match = Reference().Match(address);
        var target = match.Success ? organisation.Tables.Values.FirstOrDefault(one => one.Set == match.Groups[1].Value) : null;
        if (target is null || (lookup.Target != "principal" && target.Name != lookup.Target))
            return OrganisationAnswer.Error(400, "0x80048d19", $"The URI '{address}' is not valid for '{name}'.");
        var id = Guid.Parse(match.Groups[2].Value);
        if (!target.Rows.ContainsKey(id))
            return NotThere(target, id);
        values[$"_{lookup.Column}_value"] = id.ToString("D");
        return null;
    }

    public static OrganisationAnswer NotThere(OrganisationTable table, Guid id) =>
        OrganisationAnswer.Error(404, "0x80040217", $"{table.Name} With Id = {id:D} Does Not Exist");

    private static bool Fits(string type, JsonNode? value) => value is null || type switch
    {
        "Integer" => value.GetValueKind() == JsonValueKind.Number && value.ToJsonString().All(letter => letter is '-' or (>= '0' and <= '9')),
        "Double" => value.GetValueKind() == JsonValueKind.Number,
        "Boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => value.GetValueKind() == JsonValueKind.String,
    };

    [GeneratedRegex(@"^/?(\w+)\(([0-9a-fA-F-]{36})\)$")]
    private static partial Regex Reference();
}
