using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Builders;
using CxOrchestrator.Sdk.Testing.Faults;
using CxOrchestrator.Sdk.Testing.Suites;

namespace CxOrchestrator.Connectors.Tests.Kit.Suites;

// Not public, so that they run only where a test says so.

/// <summary>How the suites make a ledger's connector, with a lapse.</summary>
internal sealed class LedgerRig(Lapse lapse)
{
    public Ledger Ledger { get; private set; } = null!;

    public IServiceFaults Faults => new HttpServiceFaults(Ledger.Server);

    public static IReadOnlyList<string> Secrets => [Suites.Ledger.Key, LedgerConnector.WebhookSecret];

    public async Task<IConnector> ConnectAsync()
    {
        Ledger = await Suites.Ledger.StartAsync();
        return new LedgerConnector(Ledger.Server.Url, lapse);
    }

    public Task<IConnector> ConnectToNothingAsync() => Task.FromResult<IConnector>(new LedgerConnector(Nowhere.Url, lapse));
}

internal sealed class LedgerSenderSuite(Lapse lapse) : SmsSenderFaultSuite
{
    private readonly LedgerRig _rig = new(lapse);

    protected override IServiceFaults Faults => field ??= _rig.Faults;

    protected override IReadOnlyList<string> Secrets => LedgerRig.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _rig.ConnectAsync();

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _rig.ConnectToNothingAsync();

    protected override Task StopServiceAsync() => _rig.Ledger.DisposeAsync().AsTask();

    protected override Task<IReadOnlyList<SmsMessage>> ArrivedAsync() => Task.FromResult<IReadOnlyList<SmsMessage>>([.. _rig.Ledger.Texts]);
}

internal sealed class LedgerLookupSuite(Lapse lapse) : SendLookupSuite
{
    private readonly LedgerRig _rig = new(lapse);

    protected override IServiceFaults Faults => field ??= _rig.Faults;

    protected override IReadOnlyList<string> Secrets => LedgerRig.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _rig.ConnectAsync();

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _rig.ConnectToNothingAsync();

    protected override Task StopServiceAsync() => _rig.Ledger.DisposeAsync().AsTask();

    protected override Task<int> CountAsync() => Task.FromResult(_rig.Ledger.Texts.Count);

    protected override async Task<SendQuery> SentAsync()
    {
        var message = Some.ASms();
        Assert.IsType<SendAccepted>(await ((ISmsSender)Connector).SendAsync(message, default));
        return Query(message);
    }

    protected override Task<SendQuery> NeverSentAsync() => Task.FromResult(Query(Some.ASms()));

    private static SendQuery Query(SmsMessage message) => new(message.Key, message.To, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)) { Text = message.Text };
}

internal sealed class LedgerReaderSuite(Lapse lapse) : CrmReaderFaultSuite
{
    private readonly LedgerRig _rig = new(lapse);

    protected override IServiceFaults Faults => field ??= _rig.Faults;

    protected override IReadOnlyList<string> Secrets => LedgerRig.Secrets;

    protected override string Everybody => "all";

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _rig.ConnectAsync();

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _rig.ConnectToNothingAsync();

    protected override Task StopServiceAsync() => _rig.Ledger.DisposeAsync().AsTask();

    protected override Task<string> PutAsync(CrmPerson person)
    {
        _rig.Ledger.Put(person);
        return Task.FromResult(person.Id);
    }
}

internal sealed class LedgerWriterSuite(Lapse lapse) : CrmWriterFaultSuite
{
    private readonly LedgerRig _rig = new(lapse);

    protected override IServiceFaults Faults => field ??= _rig.Faults;

    protected override IReadOnlyList<string> Secrets => LedgerRig.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _rig.ConnectAsync();

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _rig.ConnectToNothingAsync();

    protected override Task StopServiceAsync() => _rig.Ledger.DisposeAsync().AsTask();

    protected override Task<int> CountAsync(string key) => Task.FromResult(_rig.Ledger.Changes.Count(change => change.Key == key));

    protected override Task<string?> FieldAsync(string personId, string field) => Task.FromResult(
        _rig.Ledger.Changes.Where(change => change.Person == personId).Select(change => JsonElement.Parse(change.Text))
            .Where(values => values.TryGetProperty(field, out _)).Select(values => values.GetProperty(field).ToString()).LastOrDefault());

    protected override Task<string> AddPersonAsync() => Task.FromResult(Keys.Next("person"));
}

internal sealed class LedgerSetupSuite(Lapse lapse) : SetupSuite
{
    private readonly LedgerRig _rig = new(lapse);

    protected override IServiceFaults Faults => field ??= _rig.Faults;

    protected override IReadOnlyList<string> Secrets => LedgerRig.Secrets;

    protected override int Changes => _rig.Ledger.Makings;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _rig.ConnectAsync();

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _rig.ConnectToNothingAsync();

    protected override Task StopServiceAsync() => _rig.Ledger.DisposeAsync().AsTask();
}

internal sealed class LedgerWebhookSuite(Lapse lapse) : WebhookReceiverSuite
{
    private readonly LedgerRig _rig = new(lapse);

    protected override WebhookProof Proof => WebhookProof.Body | WebhookProof.Url;

    protected override IReadOnlyList<string> ProofHeaders => ["X-Signature"];

    protected override IReadOnlyList<string> Secrets => LedgerRig.Secrets;

    protected override Task<IConnector> ConnectAsync(ConnectionContext context) => _rig.ConnectToNothingAsync();

    protected override Task<IConnector> ConnectToNothingAsync(ConnectionContext context) => _rig.ConnectToNothingAsync();

    protected override byte[] ABody(string text) => JsonSerializer.SerializeToUtf8Bytes(new { id = $"event of {text}", at = "2026-03-02T12:00:00Z", text });

    protected override byte[] WithUnknownField(byte[] body) => [.. body[..^1], .. ",\"mood\":[1]}"u8];

    protected override WebhookRequest Sign(byte[] body) => Post(body, LedgerConnector.WebhookSecret);

    protected override WebhookRequest Forge(byte[] body) => Post(body, "another-secret");

    private static WebhookRequest Post(byte[] body, string secret)
    {
        var url = new Uri("https://cx.example.com/hooks/ledger?v=1");
        byte[] signed = [.. Encoding.UTF8.GetBytes(url.AbsoluteUri), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return new WebhookRequest("POST", url, [new("X-Signature", Convert.ToBase64String(signature))], body);
    }
}
