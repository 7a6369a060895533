using CxOrchestrator.Plugins.SmsTwilio.Api;
using CxOrchestrator.Plugins.SmsTwilio.Facts;
using CxOrchestrator.Plugins.SmsTwilio.Lookup;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.SmsTwilio.Polling;

/// <summary>
/// Looks through the list of messages now and then, for what no callback told: prices, segments, and callbacks that got lost. Twilio lists by the
/// time of sending, not of the change, so each look goes through the last days again; that is why there are few looks.
/// </summary>
internal sealed class MessagePoll(TwilioApi api, TwilioSettings settings, MessageFacts facts, KnownMessages known, TimeProvider time)
{
    private const int PageSize = 1000;
    private const int MostDaysBack = 30;

    // A change is told once its second is long over at Twilio, so that a cursor of whole seconds loses none. Prices are in by then, mostly.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    // The look that found nothing; only a hint, so it may be lost or overwritten.
    private volatile QuietLook? _quiet;

    /// <summary>One page of what is new.</summary>
    public async Task<Page<ConnectorEvent>> PollAsync(string? cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var at = PollCursor.Parse(cursor);
        if (settings.PollEveryMinutes == 0 || (at?.Page is null && IsTooEarly(cursor, at, now)))
            return new Page<ConnectorEvent>([], null);
        var look = at?.Page is null ? Begin(at, now) : at;
        var page = await ListAsync(look, cancellation);
        var told = page.Messages
            .Where(message => message.Updated > look.Since && message.Updated <= look.Until && Senders.IsOurs(message, settings))
            .OrderBy(message => message.Updated).ThenBy(message => message.Sid, StringComparer.Ordinal)
            .SelectMany(Tell)
            .ToList();
        if (page.Next is not null)
            return new Page<ConnectorEvent>(told, (look with { Page = page.Next }).ToString());
        if (told.Count > 0 || look.Page!.Contains("PageToken=", StringComparison.Ordinal))
            return new Page<ConnectorEvent>(told, new PollCursor(look.Until!.Value).ToString());
        _quiet = new QuietLook(cursor, now);
        return new Page<ConnectorEvent>([], null);
    }

    private bool IsTooEarly(string? cursor, PollCursor? at, DateTimeOffset now)
    {
        var every = TimeSpan.FromMinutes(settings.PollEveryMinutes);
        return (at is not null && now - Settling - at.Since < every)
            || (_quiet is { } quiet && quiet.Cursor == cursor && now - quiet.At < every);
    }

    private PollCursor Begin(PollCursor? at, DateTimeOffset now)
    {
        var days = TimeSpan.FromDays(settings.PollDays);
        var earliest = now - TimeSpan.FromDays(MostDaysBack);
        var since = at?.Since ?? now - days;
        since = since < earliest ? earliest : since;
        var sentSince = since - days;
        return new PollCursor(since)
        {
            Until = now - Settling,
            Page = api.ListPath(null, sentSince < earliest ? earliest : sentSince, PageSize),
        };
    }

    private async Task<MessagePage> ListAsync(PollCursor look, CancellationToken cancellation)
    {
        try
        {
            return await api.ListAsync(look.Page!, cancellation);
        }
        catch (ServiceException refused) when (refused.Status is 400 or 404 && look.Page!.Contains("PageToken=", StringComparison.Ordinal))
        {
            // The page's token has expired: the look begins anew. What was told already has the same ids again.
            var again = Begin(new PollCursor(look.Since), time.GetUtcNow());
            return await api.ListAsync(again.Page!, cancellation);
        }
    }

    private IEnumerable<ConnectorEvent> Tell(TwilioMessage message)
    {
        var at = message.Updated!.Value;
        if (!message.IsOutbound)
            return facts.OfAnswer(new PersonsMessage(message.Sid, message.From, message.Body, at));
        return facts.OfStatus(new StatusReport(message.Sid, message.Status, message.To, at)
        {
            Key = known.KeyOf(message.Sid),
            ErrorCode = message.ErrorCode,
            Segments = message.Segments,
            Price = message.Price,
            Currency = message.Currency,
        });
    }

    private sealed record QuietLook(string? Cursor, DateTimeOffset At);
}
