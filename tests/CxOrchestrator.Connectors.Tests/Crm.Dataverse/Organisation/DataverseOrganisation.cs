using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>
/// A Dataverse organisation in memory, held to the documentation: rows, keys and conditions, change tracking, FetchXML, batches, limits, definitions. Every
/// request that it gets is read by an OData implementation that is not ours.
/// </summary>
internal sealed partial class DataverseOrganisation : IAsyncDisposable
{
    public const string Token = "tok-5f1d-organisation-secret";

    private readonly Lock _gate = new();
    private readonly OrganisationReads _reads;
    private readonly OrganisationMetadata _metadata;
    private long _ids;

    private DataverseOrganisation(ManualTimeProvider clock)
    {
        Clock = clock;
        Limits = new ServiceLimits(clock);
        _reads = new OrganisationReads(this);
        _metadata = new OrganisationMetadata(this);
    }

    public ManualTimeProvider Clock { get; }

    public Dictionary<string, OrganisationTable> Tables { get; } = OrganisationTable.Load();

    public ServiceLimits Limits { get; }

    public ScriptedHttpServer Server { get; private set; } = null!;

    public Guid UserId { get; } = new("11111111-2222-4333-8444-555555555555");

    /// <summary>What a request is answered instead, before anything is done; null for nothing.</summary>
    public Func<OrganisationCall, OrganisationAnswer?> Instead { get; set; } = _ => null;

    /// <summary>Tables that take CreateMultiple and UpdateMultiple.</summary>
    public HashSet<string> Bulk { get; } = ["contact", "account", "cxo_touchpoint"];

    /// <summary>True where error codes are left empty, as they often are.</summary>
    public bool EmptyCodes { get; set; }

    /// <summary>Reads every request with OData.Core; off only for the largest runs.</summary>
    public bool Refereed { get; set; } = true;

    /// <summary>True where the caller is another client than ours, which need not send all that ours does.</summary>
    public bool Foreign { get; init; }

    /// <summary>Where links in answers point to.</summary>
    public string LinkHost { get; set; } = "https://contoso.crm4.dynamics.com/api/data/v9.2/";

    public string Api => LinkHost;

    public const string Root = "/api/data/v9.2/";

    public long Version { get; private set; } = 1000;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public int Changes { get; private set; }

    public int MailsSentAgain { get; private set; }

    /// <summary>Updates that would have made the row where it was missing.</summary>
    public int Unconditional { get; private set; }

    public static async Task<DataverseOrganisation> StartAsync(bool foreign = false)
    {
        var organisation = new DataverseOrganisation(new ManualTimeProvider()) { Foreign = foreign };
        organisation.Server = await ScriptedHttpServer.StartAsync((request, _) => Task.FromResult(organisation.Answer(request)), time: organisation.Clock);
        if (foreign)
            organisation.LinkHost = organisation.Server.Url + Root[1..];
        organisation.Furnish();
        return organisation;
    }

    public long NextVersion() => ++Version;

    public Guid NewId() => new($"{++_ids:x8}-0000-4000-8000-000000000000");

    /// <summary>Puts a row in, or changes it, as a person would.</summary>
    public Guid Put(string table, Guid? id = null, params (string Column, JsonNode? Value)[] values)
    {
        lock (_gate)
        {
            var of = Tables[table];
            var row = of.Rows.GetValueOrDefault(id ?? Guid.Empty) ?? new OrganisationRow(id ?? NewId());
            row.Values[of.Key] = row.Id.ToString("D");
            if (of.Columns.ContainsKey("statecode"))
                row.Values["statecode"] ??= 0;
            if (of.Columns.ContainsKey("statuscode"))
                row.Values["statuscode"] ??= 1;
            foreach (var (column, value) in values)
                row.Values[column] = value;
            row.Values["modifiedon"] = Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
            row.Version = NextVersion();
            of.Rows[row.Id] = row;
            return row.Id;
        }
    }

    public void Delete(string table, Guid id)
    {
        lock (_gate)
            new OrganisationWrites(this).Delete(Tables[table], id);
    }

    public OrganisationRow? Find(string table, Guid id)
    {
        lock (_gate)
            return Tables[table].Rows.GetValueOrDefault(id);
    }

    public IReadOnlyList<OrganisationRow> All(string table)
    {
        lock (_gate)
            return [.. Tables[table].Rows.Values];
    }

    /// <summary>Without what setup makes.</summary>
    public void Strip()
    {
        Tables.Remove("cxo_touchpoint");
        foreach (var table in Tables.Values)
        {
            foreach (var column in table.Columns.Keys.Where(name => name.StartsWith("cxo_", StringComparison.Ordinal)).ToList())
                table.Columns.Remove(column);
            table.Tracked = false;
        }
    }

    /// <summary>One request, alone or out of a batch; inside a change set, what it writes can be undone.</summary>
    public OrganisationAnswer Execute(OrganisationCall call, OrganisationWrites? changeSet)
    {
        var writes = changeSet ?? new OrganisationWrites(this);
        var version = Version;
        var answer = Dispatch(call, writes);
        if (!answer.IsSuccess && changeSet is null)
            writes.RollBack();
        if (answer.IsSuccess && (Version != version || (call.Method != "GET" && call.Resource.StartsWith("EntityDefinitions", StringComparison.Ordinal))))
            Changes++;
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        var requests = Server.Requests;
        await Server.DisposeAsync();
        Assert.Equal(0, Unconditional);
        if (Refereed)
            ODataReferee.Judge(requests.Where(request => !request.Body.IsEmpty || request.Method == "GET"));
    }

    private ScriptedReply Answer(RecordedRequest request)
    {
        var call = new OrganisationCall(
            request.Method, request.Target.StartsWith(Root, StringComparison.Ordinal) ? request.Target[Root.Length..] : "?",
            request.Headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(header => header.Value)), StringComparer.OrdinalIgnoreCase),
            request.Body.ToArray());
        try
        {
            var answer = Limits.Enter() ?? Instead(call) ?? Checked(call);
            return new ScriptedReply(answer.Status) { Body = answer.Body, Headers = [.. answer.Headers, new("OData-Version", "4.0")] };
        }
        finally
        {
            Limits.Leave();
        }
    }

    private OrganisationAnswer Checked(OrganisationCall call)
    {
        if (call.Header("Authorization") != $"Bearer {Token}")
            return OrganisationAnswer.Error(401, "", "No.");
        if (!Foreign && (call.Header("Accept") != "application/json" || call.Header("OData-MaxVersion") != "4.0" || call.Header("OData-Version") != "4.0"
            || call.Header("If-None-Match") is not ("null" or "*")))
            return OrganisationAnswer.Error(400, "", "A header that every request carries is missing.");
        lock (_gate)
        {
            try
            {
                return call.Resource == "$batch" ? new OrganisationBatch(this).Run(call) : Execute(call, null);
            }
            catch (Exception fault) when (fault is FormatException or System.Text.Json.JsonException)
            {
                return OrganisationAnswer.Error(400, "0x80060888", fault.Message);
            }
        }
    }

    private OrganisationAnswer Dispatch(OrganisationCall call, OrganisationWrites writes)
    {
        if (call.Resource == "WhoAmI")
            return OrganisationAnswer.Json(new JsonObject { [nameof(UserId)] = UserId.ToString("D") });
        if (Definition().Match(call.Resource) is { Success: true } definition)
            return _metadata.Ask(definition.Groups[1].Value, definition.Groups[2].Value, call);
        if (call.Resource == "EntityDefinitions" && call.Method == "POST")
            return _metadata.MakeTable(call.Json());
        if (call.Resource == "PublishXml")
            return OrganisationAnswer.Empty();
        if (call.Resource == "CloseIncident")
            return Close(call.Json());
        if (call.Resource.EndsWith("/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()", StringComparison.Ordinal))
            return Privileges();
        if (Multiple().Match(call.Resource) is { Success: true } multiple)
            return Many(TableOf(multiple.Groups[1].Value), multiple.Groups[2].Value, call.Json(), writes);
        var match = SetAndKey().Match(call.Resource);
        if (!match.Success || TableOf(match.Groups[1].Value) is not { } table)
            return OrganisationAnswer.Error(404, "0x80060888", $"Resource not found for the segment '{call.Resource}'.");
        if (match.Groups[3].Value.EndsWith("SendEmail", StringComparison.Ordinal))
            MailsSentAgain++;
        if (!match.Groups[2].Success)
            return call.Method == "POST" ? writes.Create(table, call.Json()) : _reads.Many(table, call);
        if (!Guid.TryParseExact(match.Groups[2].Value, "D", out var id))
            return OrganisationAnswer.Error(400, "0x80060888", "The key in the request URI is not valid for resource.");
        if (call.Method == "PATCH" && call.Header("If-Match") is null && call.Header("If-None-Match") != "*")
            Unconditional++;
        return call.Method switch
        {
            "PATCH" => writes.Patch(table, id, call),
            "DELETE" => writes.Delete(table, id),
            _ => OrganisationReads.One(table, id, call),
        };
    }

    private OrganisationAnswer Many(OrganisationTable? table, string message, JsonObject body, OrganisationWrites writes)
    {
        if (table is null || !Bulk.Contains(table.Name))
            return OrganisationAnswer.Error(400, "0x80040800", $"{message} is not supported.");
        var ids = new JsonArray();
        foreach (var target in body["Targets"]!.AsArray().Select(one => one!.AsObject()))
        {
            if (target["@odata.type"]?.GetValue<string>() != $"Microsoft.Dynamics.CRM.{table.Name}")
                return OrganisationAnswer.Error(400, "0x80048d19", "Every target names its type.");
            var id = Guid.Parse(target[table.Key]!.GetValue<string>());
            var answer = message == "CreateMultiple" ? writes.Create(table, target)
                : table.Rows.TryGetValue(id, out var row) ? writes.Change(table, row, target) : OrganisationWrites.NotThere(table, id);
            // One that fails undoes all.
            if (!answer.IsSuccess)
                return answer;
            ids.Add(id.ToString("D"));
        }

        return message == "CreateMultiple" ? OrganisationAnswer.Json(new JsonObject { ["Ids"] = ids }) : OrganisationAnswer.Empty();
    }

    private OrganisationAnswer Close(JsonObject body)
    {
        var id = Guid.Parse(body["IncidentResolution"]!["incidentid@odata.bind"]!.GetValue<string>()[^37..^1]);
        if (!Tables["incident"].Rows.TryGetValue(id, out var row))
            return OrganisationWrites.NotThere(Tables["incident"], id);
        if (row.Values["statecode"]!.GetValue<int>() == 1)
            return OrganisationAnswer.Error(400, "0x80040203", "The case is resolved.");
        Put("incident", id, ("statecode", 1), ("statuscode", body["Status"]!.GetValue<int>()));
        return OrganisationAnswer.Empty();
    }

    private OrganisationAnswer Privileges() => OrganisationAnswer.Json(new JsonObject
    {
        ["RolePrivileges"] = new JsonArray([.. Tables["privilege"].Rows.Values.Where(row => row.Text("name") != "prvWriteContact").Select(row => (JsonNode)new JsonObject
        {
            ["PrivilegeId"] = row.Id.ToString("D"),
            ["Depth"] = row.Text("name") == "prvReadContact" ? "Basic" : "Global",
        })]),
    });

    private OrganisationTable? TableOf(string set) => Tables.Values.FirstOrDefault(table => table.Set == set);

    // What every organisation has.
    private void Furnish()
    {
        foreach (var name in new[] { "Read", "Write", "Create", "Append", "AppendTo" }.SelectMany(verb =>
            new[] { "Contact", "Account", "Activity", "Incident", "Note", "Query", "UserQuery", "User", "Team" }.Select(noun => $"prv{verb}{noun}")).Append("prvAssignIncident"))
            Put("privilege", null, ("name", name));
        foreach (var message in new[] { "Create", "Update", "Delete", "CreateMultiple", "UpdateMultiple" })
        {
            var of = Put("sdkmessage", null, ("name", message));
            foreach (var table in message.EndsWith("Multiple", StringComparison.Ordinal) ? Bulk : ["contact", "account", "incident"])
                Put("sdkmessagefilter", null, ("primaryobjecttypecode", table), ("_sdkmessageid_value", of.ToString("D")));
        }
    }

    [GeneratedRegex(@"^EntityDefinitions\(LogicalName='(\w+)'\)(/Attributes|/ManyToOneRelationships)?$")]
    private static partial Regex Definition();

    [GeneratedRegex(@"^(\w+)/Microsoft\.Dynamics\.CRM\.(CreateMultiple|UpdateMultiple)$")]
    private static partial Regex Multiple();

    [GeneratedRegex(@"^(\w+)(?:\(([^)]*)\))?(/.*)?$")]
    private static partial Regex SetAndKey();
}
