using System.Net;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.EmailGraph.Wire;

/// <summary>
/// Lets Microsoft's SDK speak over our wire instead of its own pipeline, which would retry, sleep and follow redirects by itself. Requests go to the base
/// address' host alone, so that a link which an answer names can't lead the token elsewhere.
/// </summary>
internal sealed class WireHandler(GraphWire wire) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await wire.SendAsync(
            new ServiceRequest(request.Method, request.RequestUri!.AbsoluteUri)
            {
                Content = request.Content,
                Headers = [.. request.Headers.SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))],
            },
            cancellationToken);
        return answer switch
        {
            ServiceReply reply => Response(request, reply),
            ServiceSilence { IsTooLong: true } => throw new TooLongException(),
            ServiceSilence silence => throw Silence(silence, cancellationToken),
            _ => throw new InvalidOperationException("There is no third kind of answer."),
        };
    }

    private static ServiceException Silence(ServiceSilence silence, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ServiceException(silence.Text);
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, ServiceReply reply)
    {
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { RequestMessage = request, Content = new ReadOnlyMemoryContent(reply.Body) };
        foreach (var (name, value) in reply.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
