using Azure.Core;
using CxOrchestrator.Plugins.EmailGraph;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>A connector and the mailbox that it talks to, on one clock.</summary>
internal sealed class GraphRig : IAsyncDisposable
{
    public const string ClientSecret = "client-secret-7";
    public const string ClientState = "state-that-nobody-guesses-7";
    public const string Token = "access-token-7";
    public static readonly Uri Webhook = new("https://cx.example.com/hooks/mail");

    private GraphRig(GraphStandIn standIn, ManualTimeProvider clock, Action<GraphSettings>? change, Uri? webhook)
    {
        StandIn = standIn;
        Clock = clock;
        Settings = SettingsFor(standIn.Server.Url);
        change?.Invoke(Settings);
        Connector = Connect(new ConnectionContext("mail", "/nowhere", clock, Log) { WebhookUrl = webhook }, Settings, Credential, clock);
    }

    public GraphStandIn StandIn { get; }

    public ManualTimeProvider Clock { get; }

    public GraphSettings Settings { get; }

    public FakeCredential Credential { get; } = new();

    public RecordingLog Log { get; } = new();

    public GraphConnector Connector { get; }

    public static async Task<GraphRig> StartAsync(Action<GraphSettings>? change = null, Uri? webhook = null)
    {
        var clock = new ManualTimeProvider();
        return new GraphRig(await GraphStandIn.StartAsync(clock), clock, change, webhook);
    }

    public static GraphSettings SettingsFor(Uri host) => new()
    {
        TenantId = "contoso.example",
        ClientId = "11111111-2222-3333-4444-555555555555",
        ClientSecret = new Secret(ClientSecret),
        CertificatePassword = new Secret("certificate-password-7"),
        Mailbox = GraphStandIn.Mailbox,
        FromName = "Shop",
        ClientState = new Secret(ClientState),
        BaseUrl = new Uri(host, "v1.0/"),
    };

    public static GraphConnector Connect(ConnectionContext context, GraphSettings settings, FakeCredential credential, TimeProvider clock) =>
        new(context, settings, new Lazy<TokenCredential>(credential), clock);

    public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation = default) => Connector.SendAsync(message, cancellation);

    public Task<SendResult> LookUpAsync(string key, DateTimeOffset handedOver) =>
        Connector.LookUpAsync(new SendQuery(key, "anna@example.com", handedOver), default);

    public Task<Page<ConnectorEvent>> PollAsync(string? cursor = null) => Connector.PollAsync(cursor, default);

    /// <summary>Polls until there is nothing new.</summary>
    public async Task<(List<ConnectorEvent> Told, string? Cursor)> PollAllAsync(string? cursor = null)
    {
        var told = new List<ConnectorEvent>();
        while (true)
        {
            var page = await PollAsync(cursor);
            told.AddRange(page.Items);
            if (page.NextCursor is null)
                return (told, cursor);
            cursor = page.NextCursor;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        await StandIn.DisposeAsync();
    }
}

/// <summary>Gives tokens without asking anybody, and counts them.</summary>
internal sealed class FakeCredential : TokenCredential
{
    private int _given;

    public int Given => _given;

    /// <summary>Thrown instead of a token.</summary>
    public Exception? Failure { get; set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _given);
        return Failure is null ? new AccessToken(GraphRig.Token, new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero)) : throw Failure;
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
