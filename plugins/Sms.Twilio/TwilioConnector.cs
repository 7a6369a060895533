using System.Text.Json;
using CxOrchestrator.Plugins.SmsTwilio.Api;
using CxOrchestrator.Plugins.SmsTwilio.Facts;
using CxOrchestrator.Plugins.SmsTwilio.Lookup;
using CxOrchestrator.Plugins.SmsTwilio.Polling;
using CxOrchestrator.Plugins.SmsTwilio.Sending;
using CxOrchestrator.Plugins.SmsTwilio.Webhooks;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.SmsTwilio;

/// <summary>One Twilio account and sender.</summary>
internal sealed class TwilioConnector : IConnector, ISmsSender, ISendLookup, IWebhookReceiver, IEventPoller, IHealthProbe, IAsyncDisposable
{
    // A few megabytes; a restart forgets them without harm.
    private const int MessagesKnown = 20_000;

    private readonly TwilioSettings _settings;
    private readonly TwilioApi _api;
    private readonly KnownMessages _known = new(MessagesKnown);
    private readonly MessageForm _form;
    private readonly SendSearch _search;
    private readonly WebhookDesk _desk;
    private readonly MessagePoll _poll;
    private readonly bool _hasCallbacks;

    /// <param name="context">What the host lends.</param>
    /// <param name="settings">Valid settings.</param>
    public TwilioConnector(ConnectionContext context, TwilioSettings settings)
    {
        _settings = settings;
        _api = new TwilioApi(settings);
        var address = settings.PublicUrl ?? context.WebhookUrl;
        var callback = MessageForm.Callable(address);
        _hasCallbacks = callback is not null;
        _form = new MessageForm(settings, callback);
        var facts = new MessageFacts(settings);
        _search = new SendSearch(_api, settings, _form, _known, context.Time);
        _desk = new WebhookDesk(settings, address, facts, context.Time);
        _poll = new MessagePoll(_api, settings, facts, _known, context.Time);
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!PhoneNumber.IsOne(message.To))
            return SendResult.Rejected("21211", "not a number in E.164 form, such as +66812345678", addressInvalid: true);
        if (string.IsNullOrWhiteSpace(message.Text))
            return SendResult.Rejected("21602", "the message has no text");
        if (message.Text.Length > MessageForm.MostCharacters)
            return SendResult.Rejected("21617", $"the text has {message.Text.Length} characters; Twilio takes {MessageForm.MostCharacters}");
        var answer = await _api.CreateAsync(_form.Of(message), cancellation);
        var result = answer.ToSend(Outcomes.OfCreation);
        if (result is SendAccepted { ProviderId: { } sid })
            _known.Add(sid, message.Key);
        return result;
    }

    /// <inheritdoc/>
    public Task<SendResult> LookUpAsync(SendQuery query, CancellationToken cancellation) => _search.FindAsync(query, cancellation);

    /// <inheritdoc/>
    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_desk.Receive(request));
    }

    /// <inheritdoc/>
    public Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation) => _poll.PollAsync(cursor, cancellation);

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation)
    {
        if (await _api.AccountAsync(cancellation) is not ServiceReply account)
            return new HealthReport(false, "Twilio can't be reached.", "Check BaseUrl and whether this machine may reach it over HTTPS.");
        if (account.Status is 401 or 403 or 404)
            return new HealthReport(false, "Twilio doesn't know this account and auth token.", "Copy AccountSid and the primary AuthToken from the Twilio Console.");
        var status = account.IsSuccess && account.TryJson(out var json) && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("status", out var value)
            ? value.ToString()
            : null;
        if (status is null)
            return new HealthReport(false, $"Twilio does not answer as it should: {account.Summary}.", "See https://status.twilio.com, and check BaseUrl.");
        if (status != "active")
            return new HealthReport(false, $"The Twilio account is {status}.", "Reactivate it in the Twilio Console; it may lack balance.");
        if (await _api.TryMessagesAsync(cancellation) is not ServiceReply { IsSuccess: true })
        {
            return new HealthReport(
                false, "The account is active, but its messages can't be read.", "Check KeySid and KeySecret; a restricted key needs to create and read messages.");
        }

        var callbacks = _hasCallbacks ? "" : " Without a public address there are no callbacks: receipts are seen when the list is looked through.";
        return new HealthReport(true, $"The account is active{(_settings.HasKey ? " and takes the API key" : "")}.{callbacks}");
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        return ValueTask.CompletedTask;
    }
}
