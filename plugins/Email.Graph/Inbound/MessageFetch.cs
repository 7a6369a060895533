using CxOrchestrator.Plugins.EmailGraph.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Graph.Models;

namespace CxOrchestrator.Plugins.EmailGraph.Inbound;

/// <summary>
/// Gets a message as MIME, because that alone has what a report says: the JSON of a non-delivery report has its words for people, and not its status codes.
/// </summary>
internal sealed class MessageFetch(GraphServiceClient graph, GraphSettings settings, ILogger log)
{
    private static readonly string[] Columns = ["id", "internetMessageHeaders", "body"];

    // Exchange can't make MIME of a damaged message, and never will.
    private static readonly HashSet<string> Damaged = new(
        ["ErrorContentConversionFailed", "ErrorMimeContentInvalid", "ErrorMimeContentConversionFailed", "ErrorCorruptData", "ErrorItemCorrupt"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The message; null where there is none any more, or Exchange can't give it.</summary>
    /// <exception cref="GraphRefusal">It can be had, but not now.</exception>
    public async Task<ReadOnlyMemory<byte>?> FetchAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await MimeAsync(id, cancellation);
        }
        catch (TooLongException)
        {
            // A reply with large files: its headers and words are enough.
            return await PlainAsync(id, cancellation);
        }
        catch (GraphRefusal refusal) when (refusal.Status == 404)
        {
            return null;
        }
        catch (GraphRefusal refusal) when (refusal.Status == 400 || Damaged.Contains(refusal.Code))
        {
            // Else one message would keep all that come after it from being read.
            log.LogWarning("A message can't be had as MIME and is passed over: {Reason}", refusal.Message);
            return null;
        }
    }

    private async Task<ReadOnlyMemory<byte>?> MimeAsync(string id, CancellationToken cancellation)
    {
        await using var stream = await GraphCalls.ReadAsync(
            () => graph.Users[settings.Mailbox].Messages[id].Content.GetAsync(request => request.Headers.Add("Prefer", GraphCalls.ImmutableIds), cancellation),
            cancellation);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    private async Task<ReadOnlyMemory<byte>?> PlainAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var message = await GraphCalls.ReadAsync<Message>(
                () => graph.Users[settings.Mailbox].Messages[id].GetAsync(
                    request =>
                    {
                        request.QueryParameters.Select = Columns;
                        request.Headers.Add("Prefer", GraphCalls.ImmutableIds);
                        request.Headers.Add("Prefer", "outlook.body-content-type=\"text\"");
                    },
                    cancellation),
                cancellation);
            return PlainLetter.Of(message);
        }
        catch (Exception failure) when (failure is TooLongException or GraphRefusal { Status: 404 })
        {
            log.LogWarning("A message is too long to be read and is passed over.");
            return null;
        }
    }
}
