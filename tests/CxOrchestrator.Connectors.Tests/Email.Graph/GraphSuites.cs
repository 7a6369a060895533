using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.EmailGraph;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Builders;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>The plugin's folder.</summary>
public sealed class GraphPluginTests : PluginSuite
{
    protected override string Folder => Path.Combine(Repository.Root, "plugins", "Email.Graph");

    protected override IPlugin Plugin => new GraphPlugin();

    protected override object ValidSettings => GraphRig.SettingsFor(new Uri("https://graph.microsoft.com/"));
}

/// <summary>How the suites make a connector, and how Graph says that something is wrong.</summary>
internal sealed class SuiteGraph(TimeProvider? time = null)
{
    public static readonly string[] Secrets = [GraphRig.ClientSecret, GraphRig.ClientState, GraphRig.Token, "certificate-password-7"];

    public GraphStandIn StandIn { get; private set; } = null!;

    public IServiceFaults Faults => field ??= new HttpServiceFaults(StandIn.Server)
    {
        Own = new Dictionary<ServiceFault, HttpFault>
        {
            [ServiceFault.Throttled] = HttpFault.Status(429, TimeSpan.FromSeconds(17), Body("ApplicationThrottled", "Application is over its MailboxConcurrency limit.")),
            [ServiceFault.Refused] = HttpFault.Status(400, body: Body("ErrorInvalidRequest", "The request is invalid.")),
            [ServiceFault.Unauthorised] = HttpFault.Status(401, body: Body("InvalidAuthenticationToken", "Access token has expired.")),
            [ServiceFault.Forbidden] = HttpFault.Status(403, body: Body("ErrorAccessDenied", "Access is denied. Check credentials and try again.")),
            [ServiceFault.Failing] = HttpFault.Status(503, body: Body("ServiceUnavailable", "Try later.")),
        },
    };

    public async Task<IConnector> ConnectAsync(ConnectionContext context)
    {
        StandIn = await GraphStandIn.StartAsync(time);
        return Connect(context, StandIn.Server.Url);
    }

    public Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => Task.FromResult(Connect(context, Nowhere.Url));

    private IConnector Connect(ConnectionContext context, Uri host) =>
        GraphRig.Connect(context, GraphRig.SettingsFor(host), new FakeCredential(), time ?? TimeProvider.System);

    private static string Body(string code, string message) =>
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString();
}

/// <summary>The sender's promises.</summary>
public sealed class GraphSenderConformanceTests : EmailSenderFaultSuite
{
    private readonly SuiteGraph _graph = new();

    protected override IServiceFaults Faults => _graph.Faults;

    protected override IReadOnlyList<string> Secrets => SuiteGraph.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _graph.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _graph.ConnectToNothingAsync(context);

    protected override Task<IReadOnlyList<ArrivedEmail>> ArrivedAsync() => Task.FromResult<IReadOnlyList<ArrivedEmail>>([.. _graph.StandIn.Sent.Select(Read)]);

    protected override Task StopServiceAsync() => _graph.StandIn.DisposeAsync().AsTask();

    private static ArrivedEmail Read(StoredMail stored)
    {
        var mail = stored.Read;
        var to = mail.Raw("To")!;
        var address = to.Contains('<', StringComparison.Ordinal) ? to[(to.LastIndexOf('<') + 1)..].TrimEnd('>') : to;
        return mail.Parts.Count == 0
            ? new ArrivedEmail(stored.Key!, address, mail.Shown("Subject")!, mail.Body, null)
            : new ArrivedEmail(stored.Key!, address, mail.Shown("Subject")!, mail.Parts[0].Body, mail.Parts[1].Body);
    }
}

/// <summary>The lookup's promises.</summary>
public sealed class GraphLookupConformanceTests : SendLookupSuite
{
    private readonly SuiteGraph _graph = new();

    protected override IServiceFaults Faults => _graph.Faults;

    protected override IReadOnlyList<string> Secrets => SuiteGraph.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _graph.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _graph.ConnectToNothingAsync(context);

    protected override async Task<SendQuery> SentAsync()
    {
        var message = Some.AnEmail().Build();
        Assert.IsType<SendAccepted>(await ((IEmailSender)Connector).SendAsync(message, default));
        return new SendQuery(message.Key, message.To.Address, Time.GetUtcNow());
    }

    protected override Task<SendQuery> NeverSentAsync() =>
        Task.FromResult(new SendQuery(Keys.Next("never"), "anna@example.com", Time.GetUtcNow().AddHours(-2)));

    protected override Task<int> CountAsync() => Task.FromResult(_graph.StandIn.Sent.Count);

    protected override Task StopServiceAsync() => _graph.StandIn.DisposeAsync().AsTask();
}

/// <summary>The poller's promises.</summary>
public sealed class GraphPollerConformanceTests : EventPollerFaultSuite
{
    private readonly SuiteGraph _graph = new();
    private int _replies;

    protected override IServiceFaults Faults => _graph.Faults;

    protected override IReadOnlyList<string> Secrets => SuiteGraph.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _graph.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _graph.ConnectToNothingAsync(context);

    // A mailbox knows addresses, not people.
    protected override Task<string> HappenAsync()
    {
        _graph.StandIn.Receive(SampleMail.Reply("mail-1", id: $"reply-{++_replies}@example.com"));
        return Task.FromResult("");
    }

    protected override Task StopServiceAsync() => _graph.StandIn.DisposeAsync().AsTask();
}

/// <summary>The webhook's promises. Its proof is a secret within the body, and proves the sender alone.</summary>
public sealed class GraphWebhookConformanceTests : WebhookReceiverSuite
{
    private readonly SuiteGraph _graph = new(new ManualTimeProvider());

    protected override WebhookProof Proof => WebhookProof.Sender;

    protected override IReadOnlyList<string> ProofHeaders => [];

    protected override bool CarriesText => false;

    protected override IReadOnlyList<string> Secrets => SuiteGraph.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _graph.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _graph.ConnectToNothingAsync(context);

    protected override byte[] ABody(string text) => Encoding.UTF8.GetBytes(Notifications.Body(Notifications.Created(Convert.ToHexString(Encoding.UTF8.GetBytes(text)))));

    protected override byte[] WithUnknownField(byte[] body)
    {
        var json = JsonNode.Parse(body)!;
        json["new"] = "x";
        json["value"]![0]!["newToo"] = 7;
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    protected override WebhookRequest Sign(byte[] body) => Notifications.Post(body);

    protected override WebhookRequest Forge(byte[] body) => Notifications.Post(
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(GraphRig.ClientState, "state-that-nobody-guesses-8", StringComparison.Ordinal)));

    protected override Task StopServiceAsync() => _graph.StandIn.DisposeAsync().AsTask();
}

/// <summary>The probe's promises.</summary>
public sealed class GraphProbeConformanceTests : HealthProbeFaultSuite
{
    private readonly SuiteGraph _graph = new();

    protected override IServiceFaults Faults => _graph.Faults;

    protected override IReadOnlyList<string> Secrets => SuiteGraph.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _graph.ConnectAsync(context);

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _graph.ConnectToNothingAsync(context);

    protected override Task StopServiceAsync() => _graph.StandIn.DisposeAsync().AsTask();
}
