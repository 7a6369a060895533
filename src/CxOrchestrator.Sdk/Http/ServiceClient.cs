using System.Net;
using System.Net.Http.Headers;

namespace CxOrchestrator.Sdk.Http;

/// <summary>
/// A service's HTTP interface. Makes each request that may change something once, follows no redirect, keeps no cookies, sends credentials to the
/// base address' host alone, and tells an outage before the request left from one after it. Safe to use from several threads.
/// </summary>
public sealed class ServiceClient : IDisposable
{
    private readonly ServiceClientOptions _options;
    private readonly Uri _base;
    private readonly HttpMessageInvoker _http;
    private readonly CancellationTokenSource _end = new();

    /// <summary>A client that has connected nowhere yet.</summary>
    public ServiceClient(ServiceClientOptions options)
    {
        _options = options;
        // A base address without its last slash would lose its last segment when a path is added.
        _base = options.BaseUrl.AbsoluteUri.EndsWith('/') ? options.BaseUrl : new Uri(options.BaseUrl.AbsoluteUri + "/");
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectWithin,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
    }

    /// <summary>Makes one request.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; whether the request arrived is not known then.</exception>
    public async Task<ServiceAnswer> SendAsync(ServiceRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_end.IsCancellationRequested)
            return new ServiceSilence(false, "the connection has been closed");
        using var message = new HttpRequestMessage(request.Method, (Uri?)null) { Content = request.Content ?? Nothing(request.Method) };
        if (Address(request.Path) is not { } address)
            return new ServiceSilence(false, "the address is on another host than the connection's base address");
        message.RequestUri = address;
        foreach (var (name, value) in request.Headers)
        {
            // Some services want header values that the typed collections refuse.
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            if (_options.Authorize is { } authorize)
                message.Headers.Authorization = await authorize(cancellation);
        }
        catch (ServiceException failure)
        {
            return new ServiceSilence(false, failure.Message);
        }

        return await ExchangeAsync(message, cancellation);
    }

    /// <summary>Ends requests that are under way; further ones are outages. Can be repeated.</summary>
    public void Dispose()
    {
        // The token source has no timer and is not disposed of: a request may be about to look at it. The handler would let requests run on.
        _end.Cancel();
        _http.Dispose();
    }

    // The framework makes a request without content again where a connection that was used before ends unanswered. Reads may be read twice; an empty
    // content keeps it from doing so with what changes something.
    private static ByteArrayContent? Nothing(HttpMethod method) => method == HttpMethod.Get || method == HttpMethod.Head ? null : new ByteArrayContent([]);

    private Uri? Address(string path)
    {
        return !path.StartsWith('/') && Uri.TryCreate(_base, path, out var address)
            && Uri.Compare(address, _base, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? address
            : null;
    }

    private async Task<ServiceAnswer> ExchangeAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
        try
        {
            message.Headers.UserAgent.Add(new ProductInfoHeaderValue("CxOrchestrator", SdkVersion.Current));
            using var response = await _http.SendAsync(message, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (HttpRequestException failure) when (NeverLeft(failure.HttpRequestError))
        {
            return new ServiceSilence(false, $"the service can't be reached ({failure.HttpRequestError})");
        }
        catch (Exception failure) when (_end.IsCancellationRequested && !cancellation.IsCancellationRequested && failure is OperationCanceledException or ObjectDisposedException)
        {
            return new ServiceSilence(true, "the connection was closed during the request");
        }
        catch (OperationCanceledException late) when (late.InnerException is TimeoutException && !cancellation.IsCancellationRequested)
        {
            return new ServiceSilence(false, $"no connection within {_options.ConnectWithin:c}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            return new ServiceSilence(true, "the connection broke before the answer was whole");
        }
    }

    private async Task<ServiceAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > _options.MaxReplyBytes)
                return new ServiceSilence(true, $"the service's answer is longer than {_options.MaxReplyBytes} bytes") { IsTooLong = true };
            body.Write(buffer, 0, read);
        }

        return new ServiceReply
        {
            Status = (int)response.StatusCode,
            Headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            Body = body.ToArray(),
            RetryAfter = Wait(response.Headers.RetryAfter),
        };
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - _options.Time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static bool NeverLeft(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}
