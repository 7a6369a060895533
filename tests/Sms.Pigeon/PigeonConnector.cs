using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.SmsPigeon;

/// <summary>Sends text messages by Pigeon, and takes its receipts and replies.</summary>
public sealed partial class PigeonConnector : IConnector, ISmsSender, IWebhookReceiver, IHealthProbe
{
    private readonly ServiceClient _service;
    private readonly PigeonWebhook _webhook;

    internal PigeonConnector(ConnectionContext context, PigeonSettings settings)
    {
        _webhook = new PigeonWebhook(settings.WebhookSecret!);
        _service = new ServiceClient(new ServiceClientOptions
        {
            BaseUrl = settings.BaseUrl!,
            Time = context.Time,
            Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(new("Bearer", settings.ApiKey!.Reveal())),
        });
    }

    /// <summary>Pigeon sends one text for each reference, however often it is asked.</summary>
    public bool HonoursKey => true;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!Number().IsMatch(message.To))
            return SendResult.Rejected("number", "the number is not of the form +66812345678", addressInvalid: true);
        var text = new { number = message.To, body = message.Text, reference = message.Key };
        var answer = await _service.SendAsync(ServiceRequest.Json(HttpMethod.Post, "texts", text), cancellation);
        return answer.ToSend(reply => reply.Status switch
        {
            202 or 409 when Id(reply) is { } id => SendResult.Accepted(id),
            422 => SendResult.Rejected("unreachable", "Pigeon can't reach this number", addressInvalid: true),
            // Everything else means what the status says.
            _ => null,
        });
    }

    /// <inheritdoc/>
    public Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_webhook.Read(request));
    }

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation) => await _service.SendAsync(ServiceRequest.Get("me"), cancellation) switch
    {
        ServiceReply { IsSuccess: true } reply when reply.TryJson(out _) => new HealthReport(true, "Pigeon answers and knows our key"),
        ServiceReply { Status: 401 or 403 } => new HealthReport(false, "Pigeon does not take our key", "Put the account's current key into ApiKey."),
        ServiceReply reply => new HealthReport(false, reply.Summary, "See whether BaseUrl is right and Pigeon is up."),
        ServiceSilence silence => new HealthReport(false, silence.Text, "See whether BaseUrl is right and can be reached from here."),
        _ => throw new InvalidOperationException("There is no third kind of answer."),
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? Id(ServiceReply reply) =>
        reply.TryJson(out var json) && json.ValueKind == System.Text.Json.JsonValueKind.Object && json.TryGetProperty("id", out var id) ? id.ToString() : null;

    // E.164: at most 15 digits, the first of them not 0.
    [GeneratedRegex(@"^\+[1-9][0-9]{4,14}\z")]
    private static partial Regex Number();
}
