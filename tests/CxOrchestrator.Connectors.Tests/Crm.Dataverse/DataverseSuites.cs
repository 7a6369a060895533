using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Plugins.CrmDataverse;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>The plugin's folder.</summary>
public sealed class DataversePluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Crm.Dataverse");

    protected override IPlugin Plugin => new DataversePlugin();

    protected override object ValidSettings
    {
        get
        {
            var settings = DataverseRig.Settings(new Uri("https://contoso.crm4.dynamics.com"));
            settings.ConnectionString = new Secret("AuthType=ClientSecret;Url=https://contoso.crm4.dynamics.com;ClientId=a;ClientSecret=b-secret");
            settings.CertificatePassword = new Secret("pfx-password-1");
            return settings;
        }
    }
}

/// <summary>The organisation of a suite.</summary>
internal sealed class SuiteOrganisation
{
    public static readonly string[] Secrets = [DataverseOrganisation.Token, DataverseRig.Secret, DataverseRig.WebhookKey];

    private DataverseOrganisation? _organisation;

    public DataverseOrganisation Organisation => _organisation!;

    public IServiceFaults Faults(bool onlyReads = false) => new OrganisationFaults(Organisation) { OnlyReads = onlyReads };

    public async Task<IConnector> ConnectAsync(ConnectionContext context, Action<DataverseOrganisation>? furnish = null)
    {
        _organisation = await DataverseOrganisation.StartAsync();
        furnish?.Invoke(_organisation);
        return DataverseRig.Connect(context, _organisation);
    }

    public Task StopAsync() => Organisation.DisposeAsync().AsTask();
}

/// <summary>Reading people.</summary>
public sealed class DataverseReaderConformanceTests : CrmReaderFaultSuite
{
    private readonly SuiteOrganisation _suite = new();
    private readonly Dictionary<string, Guid> _people = [];

    protected override string Everybody => "Everybody";

    protected override IReadOnlyList<string> Secrets => SuiteOrganisation.Secrets;

    protected override IServiceFaults Faults => _suite.Faults(onlyReads: true);

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _suite.ConnectAsync(context, organisation => organisation.Put(
        "savedquery", null, ("name", "Everybody"), ("returnedtypecode", "contact"),
        ("fetchxml", "<fetch><entity name=\"contact\"><attribute name=\"fullname\" /><filter><condition attribute=\"statecode\" operator=\"eq\" value=\"0\" /></filter></entity></fetch>")));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(DataverseRig.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _suite.StopAsync();

    protected override Task<string> PutAsync(CrmPerson person)
    {
        var known = Guid.TryParse(person.Id, out var id) ? id : _people.GetValueOrDefault(person.Id);
        var put = _suite.Organisation.Put(
            "contact", known == Guid.Empty ? null : known, ("fullname", person.Name), ("firstname", person.GivenName), ("emailaddress1", person.Email),
            ("mobilephone", person.Phone), ("new_locale", person.Locale), ("new_timezone", person.TimeZone));
        _people[person.Id] = put;
        return Task.FromResult(put.ToString("D"));
    }
}

/// <summary>Writing to timelines and people.</summary>
public sealed class DataverseWriterConformanceTests : CrmWriterFaultSuite
{
    private readonly SuiteOrganisation _suite = new();

    protected override IReadOnlyList<string> Secrets => SuiteOrganisation.Secrets;

    protected override IServiceFaults Faults => _suite.Faults();

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _suite.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(DataverseRig.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _suite.StopAsync();

    // A row whose key is made of the change's, or a contact whose stamps say that the change wrote it.
    protected override Task<int> CountAsync(string key)
    {
        var id = RowIds.Of("activity", key);
        var rows = _suite.Organisation.Tables.Values.Count(table => table.IsActivity && table.Rows.ContainsKey(id));
        var stamped = _suite.Organisation.All("contact").Count(contact => contact.Stamps.Any(text => text.Contains(RowIds.Mark(key), StringComparison.Ordinal)));
        return Task.FromResult(rows + stamped);
    }

    protected override Task<string?> FieldAsync(string personId, string field) =>
        Task.FromResult(_suite.Organisation.Find("contact", Guid.Parse(personId))!.Text("new_" + field));

    protected override Task<string> AddPersonAsync() => Task.FromResult(_suite.Organisation.Put("contact", null, ("fullname", "Anna Ruiz")).ToString("D"));
}

/// <summary>Opening cases.</summary>
public sealed class DataverseTicketWriterConformanceTests : TicketWriterFaultSuite
{
    private readonly SuiteOrganisation _suite = new();

    protected override IReadOnlyList<string> Secrets => SuiteOrganisation.Secrets;

    protected override IServiceFaults Faults => _suite.Faults();

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _suite.ConnectAsync(
        context, organisation => organisation.Put("contact", null, ("fullname", "Anna Ruiz"), ("emailaddress1", "anna@example.com")));

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(DataverseRig.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _suite.StopAsync();

    protected override Task<IReadOnlyList<string>> SubjectsAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. _suite.Organisation.All("incident").Select(row => row.Text("title")!)]);

    protected override Task<IReadOnlyList<string>> CommentsAsync(string ticketId) => Task.FromResult<IReadOnlyList<string>>(
        [.. _suite.Organisation.All("annotation").Where(row => row.Text("_objectid_value") == ticketId).OrderBy(row => row.Version).Select(row => row.Text("notetext")!)]);
}

/// <summary>Reading cases.</summary>
public sealed class DataverseTicketReaderConformanceTests : TicketReaderFaultSuite
{
    private readonly SuiteOrganisation _suite = new();

    protected override IReadOnlyList<string> Secrets => SuiteOrganisation.Secrets;

    protected override IServiceFaults Faults => _suite.Faults(onlyReads: true);

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _suite.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(DataverseRig.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _suite.StopAsync();

    protected override Task<string> OpenAsync(string subject) => Task.FromResult(_suite.Organisation.Put("incident", null, ("title", subject)).ToString("D"));

    protected override Task SolveAsync(string ticketId)
    {
        _suite.Organisation.Put("incident", Guid.Parse(ticketId), ("statecode", 1), ("statuscode", 5));
        return Task.CompletedTask;
    }
}

/// <summary>The probe.</summary>
public sealed class DataverseProbeConformanceTests : HealthProbeFaultSuite
{
    private readonly SuiteOrganisation _suite = new();

    protected override IReadOnlyList<string> Secrets => SuiteOrganisation.Secrets;

    protected override IServiceFaults Faults => _suite.Faults(onlyReads: true);

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _suite.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(DataverseRig.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _suite.StopAsync();
}

/// <summary>Setup, of an organisation that has nothing of ours.</summary>
public sealed class DataverseSetupConformanceTests : SetupSuite
{
    private readonly SuiteOrganisation _suite = new();

    protected override IReadOnlyList<string> Secrets => SuiteOrganisation.Secrets;

    protected override IServiceFaults Faults => _suite.Faults(onlyReads: true);

    protected override int Changes => _suite.Organisation.Changes;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) =>
        _suite.ConnectAsync(context with { WebhookUrl = new Uri("https://cx.example.com/hooks/crm") }, organisation => organisation.Strip());

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(DataverseRig.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _suite.StopAsync();
}

/// <summary>The webhook.</summary>
public sealed class DataverseWebhookConformanceTests : WebhookReceiverSuite
{
    private readonly SuiteOrganisation _suite = new();

    protected override IReadOnlyList<string> Secrets => SuiteOrganisation.Secrets;

    protected override WebhookProof Proof => WebhookProof.Sender;

    protected override IReadOnlyList<string> ProofHeaders => ["x-cxo-key"];

    protected override bool CarriesText => false;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _suite.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(DataverseRig.ConnectToNothing(context));

    protected override Task StopServiceAsync() => _suite.StopAsync();

    protected override byte[] ABody(string text) => Encoding.UTF8.GetBytes(HookBodies.Update("contact", RowIds.Of("test", text), RowIds.Of("operation", text)).ToJsonString());

    protected override byte[] WithUnknownField(byte[] body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        json["NobodyKnowsThis"] = new JsonArray(1, null, new JsonObject());
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    protected override WebhookRequest Sign(byte[] body) => Request(body, DataverseRig.WebhookKey);

    protected override WebhookRequest Forge(byte[] body) => Request(body, "hook-key-93ab-sekret");

    private static WebhookRequest Request(byte[] body, string key) =>
        new("POST", new Uri("https://cx.example.com/hooks/crm"), [new("Content-Type", "application/json"), new("x-cxo-key", key)], body);
}
