using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Events;
using CxOrchestrator.Web.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Hooks;

/// <summary>
/// <c>/hooks/{connection}</c>: where services call us. The connector verifies the call; what it tells is stored before the service is answered, so that a
/// call that was answered is never lost. Where it can't be verified: 401, nothing stored, nothing explained. Where the connector or the store is out of
/// order: 503, and the service calls again. So it does where more calls wait than may: 429. No content of a call is logged.
/// </summary>
internal sealed class HookEndpoint(
    IConnections connections, IConnectorIntake intake, CoreSettings core, WebSettings settings, BadSignatures bad, ComeBack comeBack,
    ILogger<HookEndpoint> log)
{
    // Not that of posted events: whoever has no key finds this address, and must not keep out those who have one.
    private readonly IntakeRoom _room = new(settings);

    /// <summary>Takes a call.</summary>
    public async Task<IResult> TakeAsync(HttpContext http, string connection, CancellationToken cancellation)
    {
        if (connections.Connections.FirstOrDefault(one => one.Name == connection) is not { } known || !known.Capabilities.Contains(Capability.WebhookReceiver))
            return new HookReply(StatusCodes.Status404NotFound);
        using var part = _room.Begin();
        var body = await EventBody.ReadAsync(http.Request, settings.MaxHookBytes, part, cancellation);
        if (body.IsTooLarge)
        {
            log.LogWarning("{Connection}: a call of more than {Bytes} bytes was refused (Web:MaxHookBytes)", connection, settings.MaxHookBytes);
            return new HookReply(StatusCodes.Status413PayloadTooLarge);
        }

        if (body.Bytes is null || !part.TryEnter())
        {
            comeBack.Full();
            return new HookReply(StatusCodes.Status429TooManyRequests, retryAfter: IntakeRoom.RoomAgainAfter);
        }

        if (HookRequest.Of(http.Request, core.PublicUrl, body.Bytes) is not { } request)
            return new HookReply(StatusCodes.Status400BadRequest);
        // From here on it is ours to finish: a service that hangs up will call again, and finds it stored.
        var answer = await connections.CallAsync<IWebhookReceiver, WebhookResult>(
            connection, CallKind.Receive, (receiver, token) => receiver.ReceiveAsync(request, token), CancellationToken.None);
        return answer switch
        {
            CallResult<WebhookResult>.Answered { Value: { Verified: true } told } => await StoreAsync(connection, told),
            CallResult<WebhookResult>.Answered { Value: not null } => Refused(connection, http),
            CallResult<WebhookResult>.NotCalled not => Later(connection, not.Reason, not.RetryAfter),
            CallResult<WebhookResult>.Failed failed => Later(connection, failed.Reason, null),
            _ => Later(connection, "it gave no result", null),
        };
    }

    private async Task<IResult> StoreAsync(string connection, WebhookResult told)
    {
        try
        {
            var results = told.Events is { Count: > 0 } events ? await intake.AcceptAsync(connection, events, CancellationToken.None) : [];
            // Nobody is helped by a service that sends for ever what can't be taken: it is logged, and answered.
            var refused = results.Where(result => result.Outcome == IntakeOutcome.Refused).ToList();
            if (refused.Count > 0)
                log.LogWarning("{Connection} told {Count} events that were refused; the first: {Reason}", connection, refused.Count, refused[0].Reason);
            return HookReply.Of(told);
        }
        catch (StoreFaultException fault) when (fault.MayPass)
        {
            comeBack.StoreAway(fault);
            return HookReply.Later(null);
        }
        catch (Exception error)
        {
            log.LogError(error, "{Connection}: what it told could not be stored; it is asked to call again.", connection);
            return HookReply.Later(null);
        }
    }

    // Only what can't be verified is counted, and only it is turned away: behind a proxy all calls come from one address, and a stranger's must not keep
    // out the service's own, of which many services make no second one.
    private HookReply Refused(string connection, HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (bad.WaitFor(address) is { } wait)
            return new HookReply(StatusCodes.Status429TooManyRequests, retryAfter: wait);
        bad.Count(address);
        log.LogWarning("{Connection}: a call from {Address} could not be verified; nothing of it is used", connection, address);
        return new HookReply(StatusCodes.Status401Unauthorized);
    }

    private HookReply Later(string connection, string reason, TimeSpan? after)
    {
        log.LogWarning("{Connection}: a call could not be taken, and the service is asked to call again: {Reason}", connection, reason);
        return HookReply.Later(after);
    }
}
