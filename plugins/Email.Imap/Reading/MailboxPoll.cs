using System.Globalization;
using CxOrchestrator.Plugins.EmailImap.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.EmailImap.Reading;

/// <summary>One look into the mailbox: what is new since a cursor, as facts.</summary>
/// <param name="session">Signed in.</param>
/// <param name="settings">Valid settings.</param>
/// <param name="clock">A real clock: mail servers date by it.</param>
/// <param name="log">Told of what is passed over.</param>
internal sealed class MailboxPoll(ImapSession session, ImapSettings settings, TimeProvider clock, ILogger log)
{
    // So that one call ends although thousands of messages that tell nothing lie there; the next goes on from here.
    private const int MostBatches = 10;
    private readonly InboundReader _reader = new(settings.Rules);

    /// <summary>The next facts, and how far they reach.</summary>
    public async Task<Page<ConnectorEvent>> RunAsync(MailboxCursor? cursor, CancellationToken cancellation)
    {
        var mailbox = await MailboxState.OpenAsync(session, settings.Mailbox, settings.AfterReading == AfterReading.Nothing, cancellation);
        if (cursor is not null && cursor.Validity != mailbox.Validity)
        {
            log.LogInformation("The mailbox {Mailbox} was numbered anew; its last {Days} days are read again, and what is known keeps its ids", settings.Mailbox, settings.LookBackDays);
            cursor = null;
        }

        if (cursor is { Told.Count: > 0 })
        {
            await PutAwayAsync(cursor.Told, cancellation);
        }

        var waiting = await NewAsync(cursor, mailbox, cancellation);
        var facts = new List<ConnectorEvent>();
        var told = new List<uint>();
        var last = cursor?.LastUid;
        foreach (var batch in waiting.Chunk(settings.MessagesPerPoll).Take(MostBatches))
        {
            foreach (var (uid, some) in await FetchAsync(batch, cancellation))
            {
                facts.AddRange(some);
                told.AddRange(some.Count > 0 ? [uid] : []);
            }

            last = batch[^1];
            if (facts.Count > 0)
            {
                break;
            }
        }

        // The same message may lie there twice, and both tell the same.
        var distinct = facts.DistinctBy(fact => fact.Id).ToList();
        return waiting.Count == 0
            ? new Page<ConnectorEvent>([], null)
            : new Page<ConnectorEvent>(distinct, new MailboxCursor(mailbox.Validity, last!.Value, settings.AfterReading == AfterReading.Nothing ? [] : told).ToString());
    }

    private async Task<IReadOnlyList<uint>> NewAsync(MailboxCursor? cursor, MailboxState mailbox, CancellationToken cancellation)
    {
        var from = (cursor?.LastUid ?? 0) + 1;
        if (cursor?.LastUid == uint.MaxValue || mailbox.NextUid <= from)
        {
            return [];
        }

        var since = clock.GetUtcNow().AddDays(-settings.LookBackDays).ToString("d-MMM-yyyy", CultureInfo.InvariantCulture);
        var found = new List<uint>();
        var command = string.Create(CultureInfo.InvariantCulture, $"UID SEARCH UID {from}:*{(cursor is null ? $" SINCE {since}" : "")}");
        await session.DemandAsync("search the mailbox", command, cancellation, response =>
        {
            if (response.Kind == "SEARCH")
            {
                found.AddRange(response.Values.Select(value => uint.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var uid) ? uid : 0));
            }
        });

        // "n:*" names the last message too where there is none from n on.
        return [.. found.Where(uid => uid >= from).Distinct().Order()];
    }

    // Each message is read as it comes, so that one at a time is kept.
    private async Task<IEnumerable<KeyValuePair<uint, IReadOnlyList<ConnectorEvent>>>> FetchAsync(uint[] uids, CancellationToken cancellation)
    {
        var facts = new SortedDictionary<uint, IReadOnlyList<ConnectorEvent>>();
        var command = string.Create(
            CultureInfo.InvariantCulture, $"UID FETCH {string.Join(',', uids)} (UID INTERNALDATE BODY.PEEK[]<0.{settings.MaxMessageKilobytes * 1024}>)");
        await session.DemandAsync("give the messages", command, cancellation, response =>
        {
            if (FetchedMail.Of(response) is { } mail && uids.Contains(mail.Uid))
            {
                facts[mail.Uid] = _reader.Read(mail.Content, mail.ReceivedAt ?? clock.GetUtcNow());
            }
        });
        return facts;
    }

    // Only now, when the cursor has come back: before, a crash could have lost what they told. Messages that are gone already are passed over.
    private async Task PutAwayAsync(IReadOnlyList<uint> uids, CancellationToken cancellation)
    {
        var set = string.Join(',', uids.Select(uid => uid.ToString(CultureInfo.InvariantCulture)));
        if (settings.AfterReading == AfterReading.MarkSeen)
        {
            await session.DemandAsync("mark messages as read", $"UID STORE {set} +FLAGS.SILENT (\\Seen)", cancellation);
        }
        else if (settings.AfterReading == AfterReading.Move)
        {
            await session.DemandAsync($"move messages to '{settings.MoveTo}'", $"UID MOVE {set} {ImapText.Mailbox(settings.MoveTo!)}", cancellation);
        }
    }
}
