using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;
using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;

namespace CxOrchestrator.Plugins.EmailGraph.Inbound;

/// <summary>Reads what came into the folder, a page at a time, and tells what is about our deliveries.</summary>
/// <param name="delta">New messages.</param>
/// <param name="fetch">Their content.</param>
/// <param name="settings">Valid settings.</param>
/// <param name="clock">A real clock: messages are dated in real time.</param>
/// <param name="log">Where what is passed over is told.</param>
internal sealed class FolderPoll(FolderDelta delta, MessageFetch fetch, GraphSettings settings, TimeProvider clock, ILogger log)
{
    // Messages don't arrive in the order of their times. What is read again has the same ids, and is known to the host.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    // Outlook forgets links after some days; in a mailbox to which nothing comes, the link must be renewed all the same.
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(6);

    private readonly string _source = FeedCursor.Source(settings);
    private readonly InboundReader _reader = new(new InboundRules
    {
        MessageIdDomain = settings.Domain,
        UnsubscribeAddress = string.IsNullOrEmpty(settings.UnsubscribeAddress) ? null : settings.UnsubscribeAddress,
    });

    /// <summary>One page.</summary>
    /// <exception cref="GraphRefusal">Graph has answered with an error.</exception>
    public async Task<Page<ConnectorEvent>> PollAsync(string? written, CancellationToken cancellation)
    {
        var cursor = written is null ? null : FeedCursor.Read(written, _source);
        var since = cursor?.Since ?? clock.GetUtcNow().AddDays(-settings.LookBackDays);
        var page = await PageAsync(cursor, since, cancellation);
        var told = new List<ConnectorEvent>();
        foreach (var message in page.Messages.OrderBy(message => message.ReceivedDateTime))
        {
            told.AddRange(await ReadAsync(message, cancellation));
            if (message.ReceivedDateTime > since)
                since = message.ReceivedDateTime.Value;
        }

        var isNothingNew = page is { IsLast: true, Messages: [] } && (cursor is null || clock.GetUtcNow() - cursor.At < FreshFor);
        return isNothingNew ? new Page<ConnectorEvent>([], null) : new Page<ConnectorEvent>(told, new FeedCursor(page.Link, since, clock.GetUtcNow(), _source).Write());
    }

    private async Task<DeltaPage> PageAsync(FeedCursor? cursor, DateTimeOffset since, CancellationToken cancellation)
    {
        if (cursor is null)
            return await delta.BeginAsync(since, cancellation);
        try
        {
            return await delta.FollowAsync(cursor.Link, cancellation);
        }
        catch (GraphRefusal refusal) when (refusal.IsLostSync)
        {
            log.LogInformation("Graph has forgotten where the reading of the folder stood; it is read again from {Since:O}", since - Overlap);
            return await delta.BeginAsync(since - Overlap, cancellation);
        }
    }

    private async Task<IEnumerable<ConnectorEvent>> ReadAsync(Message message, CancellationToken cancellation)
    {
        if (message.Id is not { Length: > 0 } id || await fetch.FetchAsync(id, cancellation) is not { } mime)
            return [];
        var name = IdOf(message);
        return _reader.Read(mime, message.ReceivedDateTime ?? clock.GetUtcNow())
            .Select(fact => fact with { Id = $"{name}-{fact.Id[(fact.Id.LastIndexOf('-') + 1)..]}" });
    }

    // From what stays when the folder is read anew. Not from the MIME: Exchange writes it for each call.
    private static string IdOf(Message message)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{message.InternetMessageId ?? message.Id}\n{message.ReceivedDateTime?.UtcDateTime:O}");
        return "graph-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
    }
}
