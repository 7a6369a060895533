using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Mail;
using Microsoft.Graph;
using Microsoft.Graph.Models;

namespace CxOrchestrator.Plugins.EmailGraph.Lookup;

/// <summary>
/// Finds out what became of a message whose answer was lost. Exchange makes a draft of a message before it answers 202, and moves it to Sent Items when
/// transport has it: a message that was taken is in the mailbox. It is looked for in Sent Items, then everywhere, then by our own header.
/// </summary>
internal sealed class SentSearch(GraphServiceClient graph, GraphSettings settings, TimeProvider time)
{
    // How Exchange keeps the headers of a message whose names it doesn't know: PS_INTERNET_HEADERS.
    private const string HeaderProperty = "String {00020386-0000-0000-C000-000000000046} Name " + LetterHeaders.Delivery;

    private static readonly string[] Columns = ["id", "internetMessageId", "isDraft"];

    /// <summary>Asks the mailbox.</summary>
    public async Task<SendResult> LookUpAsync(SendQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (query.Key.Length == 0 || query.Key.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            return SendResult.Unknown("The key is none of a message that we sent.");
        try
        {
            return await FindAsync(query.Key, cancellation) is { } found ? Result(found) : NotFound(query);
        }
        catch (Exception failure) when (failure is ServiceException or GraphRefusal or TooLongException)
        {
            // An answer that is none says nothing about the message.
            return SendResult.Unknown($"Could not be looked for: {failure.Message}");
        }
    }

    private static SendResult Result(Message found) => found.IsDraft == true
        ? SendResult.Unknown("It is in the mailbox, and has not left it yet.")
        : SendResult.Accepted(found.Id);

    private SendResult NotFound(SendQuery query)
    {
        var waited = time.GetUtcNow() - query.HandedOverAt;
        return settings.NotTakenAfterMinutes > 0 && waited >= TimeSpan.FromMinutes(settings.NotTakenAfterMinutes)
            ? SendResult.Deferred($"It is nowhere in the mailbox {(int)waited.TotalMinutes} minutes after it was handed over: Exchange has not taken it.")
            : SendResult.Unknown("It is not in the mailbox, which may show it later.");
    }

    private async Task<Message?> FindAsync(string key, CancellationToken cancellation)
    {
        var byId = $"internetMessageId eq '<{key}@{settings.Domain}>'";
        return await FirstOfSentAsync(byId, cancellation)
            ?? await FirstOfAllAsync(byId, cancellation)
            ?? await FirstOfAllAsync($"singleValueExtendedProperties/Any(ep: ep/id eq '{HeaderProperty}' and ep/value eq '{key}')", cancellation);
    }

    private async Task<Message?> FirstOfSentAsync(string filter, CancellationToken cancellation)
    {
        var page = await GraphCalls.ReadAsync(
            () => graph.Users[settings.Mailbox].MailFolders["sentitems"].Messages.GetAsync(
                request =>
                {
                    (request.QueryParameters.Filter, request.QueryParameters.Select, request.QueryParameters.Top) = (filter, Columns, 2);
                    request.Headers.Add("Prefer", GraphCalls.ImmutableIds);
                },
                cancellation),
            cancellation);
        return First(page);
    }

    private async Task<Message?> FirstOfAllAsync(string filter, CancellationToken cancellation)
    {
        var page = await GraphCalls.ReadAsync(
            () => graph.Users[settings.Mailbox].Messages.GetAsync(
                request =>
                {
                    (request.QueryParameters.Filter, request.QueryParameters.Select, request.QueryParameters.Top) = (filter, Columns, 2);
                    request.Headers.Add("Prefer", GraphCalls.ImmutableIds);
                },
                cancellation),
            cancellation);
        return First(page);
    }

    // One that has left counts more than a copy that has not.
    private static Message? First(MessageCollectionResponse page) =>
        (page.Value ?? throw new ServiceException("the service's answer is no list of messages")).OrderBy(message => message.IsDraft == true).FirstOrDefault();
}
