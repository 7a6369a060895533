using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>How a service answers.</summary>
internal enum Manner
{
    /// <summary>It takes each message at once.</summary>
    AnswersAtOnce,

    /// <summary>It takes the request and never answers.</summary>
    NeverAnswers,

    /// <summary>It takes one message a second.</summary>
    OneASecond,

    /// <summary>Each request ends in a fault of the server.</summary>
    AlwaysFails,
}

/// <summary>
/// What stands in the place of a text service's API, on a free port of loopback. It runs in the process that is measured, so it does as little as an HTTP server can:
/// it reads nothing of a request, and writes one short text.
/// </summary>
internal sealed class TextService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _one = new(1);
    private long _asked;

    private TextService(WebApplication app) => _app = app;

    /// <summary>How it answers now.</summary>
    public Manner Is { get; set; }

    /// <summary>Requests so far.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts it.</summary>
    public static async Task<TextService> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        var service = new TextService(app);
        app.Run(service.AnswerAsync);
        await app.StartAsync();
        return service;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _one.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _asked);
        switch (Is)
        {
            case Manner.AnswersAtOnce:
                return TakeAsync(context, number);
            case Manner.NeverAnswers:
                return Task.Delay(Timeout.Infinite, context.RequestAborted);
            case Manner.OneASecond:
                return TakeInTurnAsync(context, number);
            default:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
        }
    }

    private async Task TakeInTurnAsync(HttpContext context, long number)
    {
        await _one.WaitAsync(context.RequestAborted);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
        }
        finally
        {
            _one.Release();
        }

        await TakeAsync(context, number);
    }

    private static async Task TakeAsync(HttpContext context, long number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""{"sid":"SM{{number:x32}}","status":"queued"}""");
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = text.Length;
        Encoding.ASCII.GetBytes(text, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
