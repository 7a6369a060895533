using System.Globalization;
using CxOrchestrator.Web.Pages;
using CxOrchestrator.Web.Settings;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Access;

/// <summary>Signing in with a key, posted and never in an address, and signing out.</summary>
internal sealed class LoginEndpoints(
    Visitors visitors, Sessions sessions, FormTokens tokens, WrongKeys wrongKeys, WebSettings settings, ILogger<LoginEndpoints> log)
{
    private const int MostBytes = 8 * 1024;

    /// <summary>The page to sign in.</summary>
    public IResult Show(HttpContext http) => Page(http, LocalPath(http.Request.Query["back"]), "", StatusCodes.Status200OK);

    /// <summary>The same in place of a page that somebody must sign in for.</summary>
    public IResult SignInFirst(HttpContext http)
    {
        var back = HttpMethods.IsGet(http.Request.Method) ? LocalPath(http.Request.Path + http.Request.QueryString) : "/";
        return Page(http, back, "Please sign in to see this page.", StatusCodes.Status401Unauthorized);
    }

    /// <summary>Signs in.</summary>
    public async Task<IResult> SignInAsync(HttpContext http, CancellationToken cancellation)
    {
        var form = await FormAsync(http.Request, cancellation);
        var back = LocalPath(form?["back"]);
        if (!tokens.IsGood(http.Request, form?[FormTokens.Field]))
            return Page(http, back, "This page was open for too long. Please try once more.", StatusCodes.Status400BadRequest);
        if (wrongKeys.WaitFor(http.Connection.RemoteIpAddress) is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Page(http, back, "There were too many wrong keys. Please wait a minute and try again.", StatusCodes.Status429TooManyRequests);
        }

        if (visitors.ByKey(http, form?["key"].ToString().Trim() ?? "") is not { } person)
        {
            log.LogWarning("Somebody at {Address} tried to sign in with a wrong key", http.Connection.RemoteIpAddress);
            return Page(http, back, "That key is not one of ours. Check that you have copied all of it.", StatusCodes.Status401Unauthorized);
        }

        sessions.Begin(http, person);
        return new SeeOther(back);
    }

    /// <summary>Signs out.</summary>
    public async Task<IResult> SignOutAsync(HttpContext http, CancellationToken cancellation)
    {
        var form = await FormAsync(http.Request, cancellation);
        if (tokens.IsGood(http.Request, form?[FormTokens.Field]))
            sessions.End(http);
        return new SeeOther("/login");
    }

    private PageResult Page(HttpContext http, string back, string error, int status) => new(new Page
    {
        Title = "Sign in",
        Styles = StaffStyles.Text,
        Status = status,
        Body = Markup.Of($"""
            <main class="narrow">
            <div class="card">
            <h1>Sign in</h1>
            {Markup.If(error.Length > 0, $"<p class=\"alert\" role=\"alert\" id=\"error\">{error}</p>")}
            <form method="post" action="/login">
            <input type="hidden" name="{FormTokens.Field}" value="{tokens.Issue(http)}">
            <input type="hidden" name="back" value="{back}">
            <label for="key">Your key</label>
            <input class="wide" id="key" name="key" type="password" autocomplete="current-password" required{Markup.If(error.Length > 0, $" aria-describedby=\"error\"")}>
            <button type="submit">Sign in</button>
            </form>
            {Markup.If(settings.People.Count == 0, $"<p class=\"soft\">Nobody has a key yet: an administrator names people under Access:People in the settings.</p>")}
            </div>
            </main>
            """),
    });

    // Only a path of ours: //host and /\host are other sites to a browser.
    private static string LocalPath(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length < 2_000 && !path.Any(char.IsControl) && !path.StartsWith("/login", StringComparison.OrdinalIgnoreCase)
            ? path
            : "/";

    private static async Task<IFormCollection?> FormAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > MostBytes)
            return null;
        try
        {
            return await request.ReadFormAsync(cancellation);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
