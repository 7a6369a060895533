using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>
/// An HTTP/1.1 server on loopback: a stand-in for a service. Answers what a script says, records every request whole, and misbehaves where a test
/// switches a fault on.
/// </summary>
public sealed class ScriptedHttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<RecordedRequest, CancellationToken, Task<ScriptedReply>> _answer;
    private readonly TimeProvider _time;
    private readonly RequestRecord _record = new();
    private readonly FaultSwitch _faults = new();
    private readonly CancellationTokenSource _stop = new();
    private Exception? _scriptFailure;

    private ScriptedHttpServer(WebApplication app, Func<RecordedRequest, CancellationToken, Task<ScriptedReply>> answer, TimeProvider time)
    {
        _app = app;
        _answer = answer;
        _time = time;
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The requests so far, in the order of their arrival. A request is there before it is answered.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _record.All;

    /// <summary>The largest number of requests that were being answered at once.</summary>
    public int MostAtOnce => _record.MostAtOnce;

    /// <summary>How many requests have met a fault so far.</summary>
    public int FaultsMet => _faults.Met;

    /// <summary>What goes wrong from now on; null is nothing. A fault that was set <see cref="HttpFault.For"/> some requests is null again after them.</summary>
    public HttpFault? Fault
    {
        get => _faults.Current;
        set => _faults.Current = value;
    }

    /// <summary>
    /// Starts a server on a free port of 127.0.0.1. The script is called for one request at a time, so that it may keep the service's state in
    /// plain fields.
    /// </summary>
    /// <param name="answer">The script; what it throws is answered with 500 and thrown again by <see cref="DisposeAsync"/>.</param>
    /// <param name="certificate">Speaks TLS with this certificate; null speaks plainly.</param>
    /// <param name="time">The clock by which requests are dated. Default: the real one.</param>
    public static Task<ScriptedHttpServer> StartAsync(
        Func<RecordedRequest, ScriptedReply> answer, X509Certificate2? certificate = null, TimeProvider? time = null)
    {
        var gate = new Lock();
        return StartAsync(OneAtATime, certificate, time);

        Task<ScriptedReply> OneAtATime(RecordedRequest request, CancellationToken cancellation)
        {
            lock (gate)
                return Task.FromResult(answer(request));
        }
    }

    /// <summary>Starts a server whose script may wait, and is called for several requests at once.</summary>
    /// <param name="answer">The script; its token is cancelled when the client gives up or the server ends.</param>
    /// <param name="certificate">Speaks TLS with this certificate; null speaks plainly.</param>
    /// <param name="time">The clock by which requests are dated. Default: the real one.</param>
    public static async Task<ScriptedHttpServer> StartAsync(
        Func<RecordedRequest, CancellationToken, Task<ScriptedReply>> answer, X509Certificate2? certificate = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var server = new ScriptedHttpServer(builder.Build(), answer, time ?? TimeProvider.System);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        var address = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Url = new Uri(address + "/");
        return server;
    }

    /// <summary>Ends when so many requests have met a fault.</summary>
    public Task FaultMetAsync(int requests) => _faults.MetAsync(requests);

    /// <summary>Ends when so many requests have arrived (and are recorded), answered or not.</summary>
    public Task ReachedAsync(int requests) => _record.ReachedAsync(requests);

    /// <summary>Forgets the requests so far, so that a test can look at what comes after its preparations.</summary>
    public void Forget() => _record.Clear();

    /// <summary>Stops listening, closes all connections, and throws what the script threw.</summary>
    /// <exception cref="InvalidOperationException">The script failed; inside is how.</exception>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        if (Interlocked.Exchange(ref _scriptFailure, null) is { } failure)
            throw new InvalidOperationException("The script of a ScriptedHttpServer failed.", failure);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var _ = _record.Begin();
        var head = RequestReading.Head(context, _time.GetUtcNow());
        var fault = _faults.Take(head);
        var cutFirst = fault?.Kind is HttpFaultKind.CutBeforeBody;
        var (body, whole) = cutFirst ? (default, true) : await RequestReading.BodyAsync(context);
        var request = _record.Add(head with { Body = body });
        if (!whole)
            context.Abort();
        else if (fault is null)
            await FaultyExchange.WriteAsync(context, await AskAsync(request, context.RequestAborted));
        else if (fault.Kind is HttpFaultKind.Status)
            await FaultyExchange.WriteAsync(context, fault.Reply!);
        else
            await new FaultyExchange(context, _stop.Token).RunAsync(fault.Kind, cutFirst ? ScriptedReply.Empty() : await AskAsync(request, context.RequestAborted));
    }

    private async Task<ScriptedReply> AskAsync(RecordedRequest request, CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, _stop.Token);
        try
        {
            return await _answer(request, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return ScriptedReply.Empty(503);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _scriptFailure, failure, null);
            return ScriptedReply.Text("the script failed", 500);
        }
    }
}
