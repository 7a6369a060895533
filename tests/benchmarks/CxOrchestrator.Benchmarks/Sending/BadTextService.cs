using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>In which way a service is bad.</summary>
internal enum Badness
{
    /// <summary>It takes the request and never answers.</summary>
    NeverAnswers,

    /// <summary>It takes one message a second.</summary>
    OneASecond,

    /// <summary>Each request ends in a fault of the server.</summary>
    AlwaysFails,
}

/// <summary>What stands in the place of a text service's API, on a free port of loopback.</summary>
internal sealed class BadTextService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _one = new(1);
    private long _asked;

    private BadTextService(WebApplication app) => _app = app;

    /// <summary>How it is bad now.</summary>
    public Badness Is { get; set; }

    /// <summary>Requests so far.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts it.</summary>
    public static async Task<BadTextService> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        var service = new BadTextService(app);
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

    private async Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _asked);
        switch (Is)
        {
            case Badness.NeverAnswers:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case Badness.OneASecond:
                await _one.WaitAsync(context.RequestAborted);
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
                }
                finally
                {
                    _one.Release();
                }

                context.Response.StatusCode = StatusCodes.Status201Created;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync($$"""{ "sid": "SM{{number:x32}}", "status": "queued" }""");
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
        }
    }
}
