using System.Collections.Concurrent;
using System.Text.Json;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.VendorChecks;

/// <summary>
/// Prism with a vendor's OpenAPI description: as a mock it answers with the description's examples, as a proxy it passes requests to a stand-in and
/// answers back, unchanged. Either way <see cref="Violations"/> tells what the description does not allow. Point the connector at <see cref="Url"/>.
/// </summary>
public sealed class PrismServer : IAsyncDisposable
{
    private readonly PrismProcess _prism;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 128 });
    private readonly ConcurrentQueue<PrismViolation> _violations = new();
    private ScriptedHttpServer? _front;

    private PrismServer(PrismProcess prism) => _prism = prism;

    /// <summary>What stands in for the service's host; a description's paths are below it.</summary>
    public Uri Url => Front.Url;

    /// <summary>What was sent so far, whole.</summary>
    public IReadOnlyList<RecordedRequest> Requests => Front.Requests;

    /// <summary>What the description does not allow, of all requests and answers so far. An answer that has come is in it.</summary>
    public IReadOnlyList<PrismViolation> Violations => [.. _violations];

    private ScriptedHttpServer Front => _front ?? throw new InvalidOperationException("Prism has not been started.");

    /// <summary>Starts Prism as a mock. Call <see cref="Needs.Prism"/> first.</summary>
    /// <param name="description">Path of an OpenAPI document.</param>
    public static Task<PrismServer> MockAsync(string description) => StartAsync(["mock", description]);

    /// <summary>Starts Prism as a proxy in front of a stand-in. Call <see cref="Needs.Prism"/> first.</summary>
    /// <param name="description">Path of an OpenAPI document.</param>
    /// <param name="standIn">Address of the stand-in.</param>
    public static Task<PrismServer> ProxyAsync(string description, Uri standIn) =>
        StartAsync(["proxy", description, standIn.AbsoluteUri.TrimEnd('/')]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        _http.Dispose();
        await _prism.DisposeAsync();
    }

    private static async Task<PrismServer> StartAsync(IReadOnlyList<string> arguments)
    {
        var server = new PrismServer(await PrismProcess.StartAsync(arguments));
        server._front = await ScriptedHttpServer.StartAsync(server.PassOnAsync);
        return server;
    }

    private async Task<ScriptedReply> PassOnAsync(RecordedRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_prism.Url, request.Target));
        if (!request.Body.IsEmpty || request.Header("Content-Length") is not null)
            message.Content = new ReadOnlyMemoryContent(request.Body);
        foreach (var (name, value) in request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Content-Length" or "Transfer-Encoding")))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(message, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        Note(request, answer, body);
        return new ScriptedReply((int)answer.StatusCode)
        {
            Body = body,
            Headers = [.. answer.Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key is not ("Connection" or "Keep-Alive" or "Content-Length" or "Transfer-Encoding" or "sl-violations"))
                .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))],
        };
    }

    private void Note(RecordedRequest request, HttpResponseMessage answer, byte[] body)
    {
        var what = $"{request.Method} {request.Target}";
        if (answer.Headers.TryGetValues("sl-violations", out var headers))
        {
            foreach (var violation in JsonElement.Parse(string.Join(", ", headers)).EnumerateArray())
                _violations.Enqueue(Read(what, "", violation));
        }

        // As a mock, Prism refuses instead; its refusals are of a type of its own.
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return;
        var problem = JsonElement.Parse(body);
        if (problem.TryGetProperty("validation", out var found))
        {
            foreach (var violation in found.EnumerateArray())
                _violations.Enqueue(Read(what, "request.", violation));
        }
        else
        {
            _violations.Enqueue(new PrismViolation(what, "request", problem.GetProperty("title").GetString()!));
        }
    }

    private static PrismViolation Read(string request, string prefix, JsonElement violation) => new(
        request,
        prefix + string.Join('.', violation.GetProperty("location").EnumerateArray().Select(part => part.ToString())),
        violation.GetProperty("message").GetString() ?? "");
}
