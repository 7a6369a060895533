using Azure.Core;
using CxOrchestrator.Plugins.CrmDataverse.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire;

/// <summary>Makes requests to the Web API, each once, with the headers that all of them carry, and within the organisation's limits.</summary>
internal sealed class DataverseWire : IDisposable
{
    private readonly ServiceClient _client;
    private readonly TokenDesk _tokens;

    /// <summary>A wire that has connected nowhere yet.</summary>
    public DataverseWire(Access access, TokenCredential credential, DataverseSettings settings, TimeProvider clock)
    {
        _tokens = new TokenDesk(credential, access.Scope, clock);
        Limits = new Throttle(settings.MostRequestsAtOnce, settings.RequestsPerFiveMinutes, clock);
        _client = new ServiceClient(new ServiceClientOptions
        {
            BaseUrl = access.ApiUrl,
            Authorize = _tokens.AuthorizeAsync,
            Time = clock,
            MaxReplyBytes = 64 * 1024 * 1024,
        });
        // Inside a batch, addresses begin at the host's root.
        Root = access.ApiUrl.AbsolutePath;
    }

    /// <summary>The path of the Web API on its host, for example <c>/api/data/v9.2/</c>.</summary>
    public string Root { get; }

    /// <summary>The limits of this connection.</summary>
    public Throttle Limits { get; }

    /// <summary>Makes one request.</summary>
    /// <exception cref="ServiceException">The limits leave no room: nothing was sent, and it says for how long.</exception>
    public async Task<ServiceAnswer> SendAsync(ServiceRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var turn = await Limits.EnterAsync(cancellation);
        ServiceAnswer? answer = null;
        try
        {
            answer = await _client.SendAsync(request with { Headers = [.. Common(request), .. request.Headers] }, cancellation);
            if (answer is ServiceReply { Status: 401 })
                _tokens.Forget();
            return answer;
        }
        finally
        {
            Limits.Leave(turn, answer);
        }
    }

    /// <summary>Makes one request that must succeed, or give the one other status that is an answer too.</summary>
    /// <exception cref="ServiceException">It did not.</exception>
    public async Task<ServiceReply> ReadAsync(ServiceRequest request, CancellationToken cancellation, int also = 200)
    {
        var answer = await SendAsync(request, cancellation);
        return answer is ServiceReply { IsSuccess: false } reply && reply.Status != also
            ? throw new ServiceException(Fault.Of(reply).Text) { Status = reply.Status, RetryAfter = reply.RetryAfter }
            : answer.Reply(also);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _tokens.Dispose();
    }

    private static IEnumerable<KeyValuePair<string, string>> Common(ServiceRequest request)
    {
        yield return new("Accept", "application/json");
        yield return new("OData-MaxVersion", "4.0");
        yield return new("OData-Version", "4.0");
        // The literal null keeps caches out; where the header means "only if there is none", it must stand alone.
        if (!request.Headers.Any(header => header.Key == "If-None-Match"))
            yield return new("If-None-Match", "null");
    }
}
