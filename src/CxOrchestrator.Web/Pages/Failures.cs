using CxOrchestrator.Core.Settings;
using CxOrchestrator.Web.Events;
using CxOrchestrator.Web.Surveys;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Pages;

/// <summary>Answers what went wrong with a page (or a problem for the API) that says nothing of our insides; the log has them, under the same number.</summary>
internal sealed class Failures(RequestDelegate next, CoreSettings settings, ILogger<Failures> log)
{
    /// <summary>Lets the request go on, and catches what it throws.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, exception.StatusCode);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            log.LogError(exception, "{Method} {Route} failed ({Trace})", http.Request.Method, RequestLog.RouteOf(http), http.TraceIdentifier);
            await AnswerAsync(http, StatusCodes.Status500InternalServerError);
        }
    }

    private Task AnswerAsync(HttpContext http, int status)
    {
        http.Response.Clear();
        SecurityHeaders.Apply(http.Response.Headers, settings.PublicUrl.Scheme == Uri.UriSchemeHttps);
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            var title = status >= 500 ? $"Something went wrong on our side ({http.TraceIdentifier})" : "The request can't be read";
            return new EventProblem { Title = title, Status = status }.ToResult().ExecuteAsync(http);
        }

        var words = CustomerMessagePage.WordsFor(http.Request);
        return CustomerMessagePage.Of(words.Language, words.Failure.Title, words.Failure.Text, status, Markup.Of($"<p class=\"soft\">{http.TraceIdentifier}</p>"))
            .ExecuteAsync(http);
    }
}
