using Azure.Core;
using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Connectors.Tests.Email.Smtp;
using CxOrchestrator.Plugins.CrmDataverse;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>A connector and the organisation that it is connected to.</summary>
internal sealed class DataverseRig : IAsyncDisposable
{
    public const string WebhookKey = "hook-key-93ab-secret";
    public const string Secret = "client-secret-77c2";

    // Held to the end of the run.
    private static readonly ClosedPort Nobody = new();

    private readonly TemporaryFolder _folder;

    private DataverseRig(DataverseOrganisation organisation, DataverseConnector connector, RecordingLog log, TemporaryFolder folder)
    {
        Organisation = organisation;
        Connector = connector;
        Log = log;
        _folder = folder;
    }

    public DataverseOrganisation Organisation { get; }

    public DataverseConnector Connector { get; }

    public RecordingLog Log { get; }

    public ICrmWriter Writer => Connector;

    public ICrmReader Reader => Connector;

    public ITicketWriter Tickets => Connector;

    public static async Task<DataverseRig> StartAsync(Action<DataverseSettings>? change = null, Action<DataverseOrganisation>? furnish = null)
    {
        var organisation = await DataverseOrganisation.StartAsync();
        furnish?.Invoke(organisation);
        var settings = Settings(organisation.Server.Url);
        change?.Invoke(settings);
        var log = new RecordingLog();
        var folder = new TemporaryFolder();
        return new DataverseRig(
            organisation, Connect(new ConnectionContext("crm", folder.Path, organisation.Clock, log), organisation, settings), log, folder);
    }

    public static DataverseSettings Settings(Uri url) => new()
    {
        Url = url,
        TenantId = "contoso.onmicrosoft.com",
        ClientId = "0b4f1c6e-0000-4000-8000-000000000001",
        ClientSecret = new Secret(Secret),
        WebhookKey = new Secret(WebhookKey),
        WebhookKeyKind = WebhookKeyKind.HttpHeader,
        PageSize = 100,
        ContactColumns = new Dictionary<string, string>
        {
            ["locale"] = "new_locale", ["timeZone"] = "new_timezone", ["comment"] = "new_comment", ["step"] = "new_step", ["again"] = "new_again",
            ["nothing"] = "new_nothing", ["score"] = "new_score", ["plan"] = "new_plan", ["tier"] = "new_tier@label",
        },
    };

    public static DataverseConnector Connect(ConnectionContext context, DataverseOrganisation organisation, DataverseSettings? settings = null)
    {
        settings ??= Settings(organisation.Server.Url);
        return new DataverseConnector(context, settings, Access.Read(settings, out _), new FixedCredential(organisation.Clock), organisation.Clock);
    }

    public static IConnector ConnectToNothing(ConnectionContext context)
    {
        var settings = Settings(new Uri($"http://127.0.0.1:{Nobody.Number}/"));
        return new DataverseConnector(context, settings, Access.Read(settings, out _), new FixedCredential(new ManualTimeProvider()), new ManualTimeProvider());
    }

    public Guid Contact(string name = "Anna Ruiz", string email = "anna@example.com") =>
        Organisation.Put("contact", null, ("fullname", name), ("emailaddress1", email), ("mobilephone", "+66812345678"));

    public static CrmChange Change(
        string key, Guid person, CrmChangeKind kind, DateTimeOffset? at = null, params (string Name, object? Value)[] values) => new()
    {
        Key = key,
        PersonId = person.ToString("D"),
        Kind = kind,
        At = at ?? new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
        Title = $"{kind} {key}",
        Values = values.ToDictionary(pair => pair.Name, pair => pair.Value),
    };

    public async Task<WriteResult> WriteAsync(CrmChange change) => Assert.Single(await Writer.UpsertAsync([change], default));

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        await Organisation.DisposeAsync();
        _folder.Dispose();
        Assert.DoesNotContain(DataverseOrganisation.Token, Log.Text, StringComparison.Ordinal);
    }

    private sealed class FixedCredential(TimeProvider clock) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(DataverseOrganisation.Token, clock.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
