using CxOrchestrator.Plugins.SmsTwilio.Api;
using CxOrchestrator.Plugins.SmsTwilio.Sending;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.SmsTwilio.Lookup;

/// <summary>
/// Finds out whether Twilio took a message, by listing what went to the number. Twilio keeps nothing of ours that a list would show, so a message is
/// known by its words and its time; whatever leaves a doubt stays unknown.
/// </summary>
internal sealed class SendSearch(TwilioApi api, TwilioSettings settings, MessageForm form, KnownMessages known, TimeProvider time)
{
    private const int PageSize = 200;

    // 2000 messages to one number: nobody whom a company cares for gets more within Twilio's memory.
    private const int MostPages = 10;

    // How far our clock and Twilio's may be apart, and how long a call may take at most.
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(15);

    /// <summary>What became of a message.</summary>
    public async Task<SendResult> FindAsync(SendQuery query, CancellationToken cancellation)
    {
        if (!PhoneNumber.IsOne(query.To))
            return SendResult.Deferred("what is not a number is never handed over");
        try
        {
            // Those that were sent are found by date. Those that still wait have no date, so the whole list has the last word.
            return await ListedAsync(query, query.HandedOverAt - TimeSpan.FromDays(1), cancellation)
                ?? await ListedAsync(query, null, cancellation)
                ?? NotListed(query);
        }
        catch (ServiceException outage)
        {
            return SendResult.Unknown($"Twilio could not be asked: {outage.Message}");
        }
    }

    private async Task<SendResult?> ListedAsync(SendQuery query, DateTimeOffset? sentSince, CancellationToken cancellation)
    {
        var found = new List<TwilioMessage>();
        var path = api.ListPath(PhoneNumber.On(settings.Channel, query.To), sentSince, PageSize);
        for (var pages = 0; path is not null; pages++)
        {
            if (pages == MostPages)
                return SendResult.Unknown("Twilio lists more messages to this number than can be looked through");
            var page = await api.ListAsync(path, cancellation);
            found.AddRange(page.Messages.Where(message => MayBe(message, query)));
            path = page.Next;
        }

        return Judge(found, query);
    }

    private bool MayBe(TwilioMessage message, SendQuery query) =>
        // From any sender: the connection's may have been another when the message went out, and what another sent leaves a doubt.
        message.IsOutbound
        && known.KeyOf(message.Sid) is var key && (key is null || key == query.Key)
        && (message.Created is not { } created || (created >= query.HandedOverAt - Before && created <= query.HandedOverAt + After));

    private SendResult? Judge(List<TwilioMessage> found, SendQuery query)
    {
        var same = query.Text is null ? [] : found.Where(message => Senders.IsOurs(message, settings) && form.Matches(message.Body, query.Text)).ToList();
        switch (same.Count)
        {
            case 1:
                known.Add(same[0].Sid, query.Key);
                return Outcomes.Of(same[0]);
            case > 1:
                return SendResult.Unknown($"Twilio has {same.Count} messages with these words to this number from that time");
            default:
                // The words may have been changed since, by us or by Twilio (smart encoding, shortened links, a trial account's preface).
                return found.Count > 0 ? SendResult.Unknown("Twilio has another message to this number from that time") : null;
        }
    }

    private SendResult NotListed(SendQuery query)
    {
        if (settings.NotTakenAfterMinutes == 0)
            return SendResult.Unknown("Twilio does not list it, and NotTakenAfterMinutes is 0");
        return time.GetUtcNow() - query.HandedOverAt >= TimeSpan.FromMinutes(settings.NotTakenAfterMinutes)
            ? SendResult.Deferred($"Twilio does not list it after {settings.NotTakenAfterMinutes} minutes: it was never taken")
            : SendResult.Unknown("Twilio does not list it yet");
    }
}
