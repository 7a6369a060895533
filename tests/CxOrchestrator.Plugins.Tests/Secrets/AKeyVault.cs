using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using CxOrchestrator.Plugins.Secrets;

namespace CxOrchestrator.Plugins.Tests.Secrets;

/// <summary>
/// A stand-in for Azure Key Vault on the loopback: asks for a token first as the service does, then answers. Requests are sent to it
/// by the transport, so that the code under test believes that it speaks with the vault itself.
/// </summary>
internal sealed class AKeyVault : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client;
    private readonly Task _serving;
    private readonly int _port;

    public AKeyVault()
    {
        (_listener, _port) = Listen();
        _client = new HttpClient(new ToHere(_port));
        _serving = Task.Run(ServeAsync);
    }

    public Dictionary<string, string> Secrets { get; } = [];

    public int? AnswerAlways { get; set; }

    public string? CannotSignIn { get; set; }

    public ConcurrentQueue<string> Asked { get; } = new();

    public KeyVaultSecrets References => new(() => new Identity(this), new HttpClientTransport(_client));

    public void GoAway() => _listener.Close();

    public void Dispose()
    {
        GoAway();
        _client.Dispose();
    }

    private static (HttpListener Listener, int Port) Listen()
    {
        while (true)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException)
            {
                // Somebody was quicker.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var authorization = request.Headers["Authorization"];
        Asked.Enqueue($"{request.HttpMethod} {request.Url!.AbsolutePath} {(authorization is null ? "without" : "with")} token");
        object body = new { };
        if (AnswerAlways is { } always && authorization is not null)
        {
            response.StatusCode = always;
            body = new { error = new { code = "Refused", message = $"no, not with {authorization}" } };
        }
        else if (authorization != "Bearer the-token")
        {
            response.StatusCode = 401;
            response.AddHeader("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/tenant\", resource=\"https://vault.azure.net\"");
        }
        else if (Secrets.TryGetValue(request.Url.AbsolutePath.TrimEnd('/'), out var value))
        {
            body = new { value, id = $"https://v.vault.azure.net{request.Url.AbsolutePath}", attributes = new { enabled = true } };
        }
        else
        {
            response.StatusCode = 404;
            body = new { error = new { code = "SecretNotFound", message = "none" } };
        }

        response.ContentType = "application/json";
        response.OutputStream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body)));
        response.Close();
    }

    private sealed class ToHere(int port) : DelegatingHandler(new HttpClientHandler())
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => base.Send(Redirected(request), cancellationToken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(Redirected(request), cancellationToken);

        private HttpRequestMessage Redirected(HttpRequestMessage request)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http", Host = "127.0.0.1", Port = port }.Uri;
            return request;
        }
    }

    private sealed class Identity(AKeyVault vault) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => vault.CannotSignIn is { } why
            ? throw new Azure.Identity.AuthenticationFailedException(why)
            : new AccessToken("the-token", new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
