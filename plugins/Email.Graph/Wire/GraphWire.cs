using CxOrchestrator.Plugins.EmailGraph.Identity;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.EmailGraph.Wire;

/// <summary>All requests to Graph go through here, those of Microsoft's SDK too: never more at once than Exchange allows, each made once.</summary>
internal sealed class GraphWire : IDisposable
{
    private readonly TokenDesk _tokens;
    private readonly ServiceClient _client;
    private readonly SemaphoreSlim _places;

    /// <summary>A wire that has connected nowhere yet.</summary>
    /// <param name="settings">Valid settings.</param>
    /// <param name="tokens">Gives the credentials.</param>
    /// <param name="clock">A real clock, for waits that name a date.</param>
    public GraphWire(GraphSettings settings, TokenDesk tokens, TimeProvider clock)
    {
        _tokens = tokens;
        // Not disposed of: calls that wait for a place come to their turn after the end, and find the client closed.
        _places = new SemaphoreSlim(settings.Concurrency, settings.Concurrency);
        _client = new ServiceClient(new ServiceClientOptions
        {
            BaseUrl = settings.BaseUrl,
            Authorize = tokens.AuthorizeAsync,
            Time = clock,
            MaxReplyBytes = 24 * 1024 * 1024,
        });
    }

    /// <summary>Makes one request when there is a place for it.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up while the request was under way.</exception>
    public async Task<ServiceAnswer> SendAsync(ServiceRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await _places.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Nothing has left: a message whose turn did not come was not sent.
            return new ServiceSilence(false, "as many requests as Exchange allows were under way until the call's time was over");
        }

        try
        {
            var answer = await _client.SendAsync(request, cancellation);
            if (answer is ServiceReply { Status: 401 })
                _tokens.Forget();
            return answer;
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Ends requests that are under way.</summary>
    public void Dispose() => _client.Dispose();
}
