using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.NewWord;

/// <summary>Sends text messages by NewService.</summary>
public sealed partial class NewServiceConnector : IConnector, ISmsSender, IHealthProbe
{
    private readonly ServiceClient _service;

    internal NewServiceConnector(ConnectionContext context, NewServiceSettings settings) => _service = new ServiceClient(new ServiceClientOptions
    {
        BaseUrl = settings.BaseUrl!,
        Time = context.Time,
        Authorize = _ => ValueTask.FromResult<AuthenticationHeaderValue?>(new("Bearer", settings.ApiKey!.Reveal())),
    });

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!Number().IsMatch(message.To))
            return SendResult.Rejected("number", "the number is not of the form +66812345678", addressInvalid: true);
        var request = ServiceRequest.Json(HttpMethod.Post, "messages", new { to = message.To, text = message.Text, reference = message.Key });
        var answer = await _service.SendAsync(request, cancellation);

        // Only what the service's own words make certain; ToSend knows what statuses and outages mean.
        return answer.ToSend(reply => reply.Status == 201 && Id(reply) is { } id ? SendResult.Accepted(id) : null);
    }

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation) => await _service.SendAsync(ServiceRequest.Get("account"), cancellation) switch
    {
        ServiceReply { IsSuccess: true } reply when reply.TryJson(out _) => new HealthReport(true, "NewService answers and knows our key"),
        ServiceReply { Status: 401 or 403 } => new HealthReport(false, "NewService does not take our key", "Put the account's current key into ApiKey."),
        ServiceReply reply => new HealthReport(false, reply.Summary, "See whether BaseUrl is right and the service is up."),
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
