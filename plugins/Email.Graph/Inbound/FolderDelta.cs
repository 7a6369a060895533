using System.Globalization;
using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk.Http;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.MailFolders.Item.Messages.Delta;

namespace CxOrchestrator.Plugins.EmailGraph.Inbound;

/// <summary>New messages of the folder, by delta query.</summary>
internal sealed class FolderDelta(GraphServiceClient graph, GraphSettings settings)
{
    private const string PageSize = "odata.maxpagesize=25";
    private static readonly string[] Columns = ["id", "internetMessageId", "receivedDateTime"];

    /// <summary>The first page of a new round. Graph keeps the conditions in the links that it gives.</summary>
    /// <param name="since">The oldest message that is wanted, by the time of its arrival.</param>
    /// <param name="cancellation">The caller's.</param>
    public Task<DeltaPage> BeginAsync(DateTimeOffset since, CancellationToken cancellation) => PageAsync(
        () => graph.Users[settings.Mailbox].MailFolders[settings.Folder].Messages.Delta.GetAsDeltaGetResponseAsync(
            request =>
            {
                request.QueryParameters.ChangeType = "created";
                request.QueryParameters.Select = Columns;
                request.QueryParameters.Filter = "receivedDateTime ge " + since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                request.Headers.Add("Prefer", GraphCalls.ImmutableIds);
                request.Headers.Add("Prefer", PageSize);
            },
            cancellation),
        cancellation);

    /// <summary>The page behind a link.</summary>
    public Task<DeltaPage> FollowAsync(string link, CancellationToken cancellation) => PageAsync(
        () => graph.Users[settings.Mailbox].MailFolders[settings.Folder].Messages.Delta.WithUrl(link).GetAsDeltaGetResponseAsync(
            request =>
            {
                request.Headers.Add("Prefer", GraphCalls.ImmutableIds);
                request.Headers.Add("Prefer", PageSize);
            },
            cancellation),
        cancellation);

    private static async Task<DeltaPage> PageAsync(Func<Task<DeltaGetResponse?>> call, CancellationToken cancellation)
    {
        var page = await GraphCalls.ReadAsync(call, cancellation);
        if (page.Value is null || (page.OdataNextLink ?? page.OdataDeltaLink) is not { Length: > 0 } link)
            throw new ServiceException("the service's answer is no page of a delta query");
        // What has left the folder is told too, with nothing but its id.
        return new DeltaPage([.. page.Value.Where(message => message.AdditionalData?.ContainsKey("@removed") != true)], link, page.OdataNextLink is null);
    }
}

/// <summary>A page of new messages.</summary>
/// <param name="Messages">The messages: id, Message-ID and time of arrival.</param>
/// <param name="Link">What comes next.</param>
/// <param name="IsLast">True where there is no more for now.</param>
internal sealed record DeltaPage(IReadOnlyList<Message> Messages, string Link, bool IsLast);
