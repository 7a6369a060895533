using CxOrchestrator.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Web.Pages;

/// <summary>The frame of pages that people of the company see.</summary>
internal static class StaffPage
{
    /// <summary>A page with the navigation that fits the visitor.</summary>
    public static PageResult Of(HttpContext http, string title, Markup body, int status = StatusCodes.Status200OK, bool holdsFrame = false)
    {
        var visitor = http.Visitor();
        return new PageResult(new Page
        {
            Title = $"{title} · CxOrchestrator",
            Styles = StaffStyles.Text,
            Status = status,
            HoldsFrame = holdsFrame,
            Body = Markup.Of($"""
                <a class="skip" href="#main">Skip to the content</a>
                <header class="bar">
                <nav aria-label="Main">
                <a class="brand" href="/">CxOrchestrator</a>
                {Link(http, "/customers", "Customers")}
                {Markup.If(visitor.SeesCases, $"{Link(http, "/cases", "Cases")}")}
                {Markup.If(visitor.SeesOutbox, $"{Link(http, "/outbox", "Outbox")}")}
                </nav>
                <div class="who"><span><bdi>{visitor.Name}</bdi> ({visitor.Role.ToString().ToLowerInvariant()})</span>{SignOut(http, visitor)}</div>
                </header>
                <main id="main">
                {body}
                </main>
                """),
        });
    }

    /// <summary>A page of a headline and a sentence.</summary>
    public static PageResult Message(HttpContext http, string title, string text, int status) =>
        Of(http, title, Markup.Of($"<div class=\"card\"><h1>{title}</h1><p>{text}</p></div>"), status);

    private static Markup Link(HttpContext http, string path, string text)
    {
        var isHere = http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);
        return Markup.Of($"<a href=\"{path}\"{Markup.If(isHere, $" aria-current=\"page\"")}>{text}</a>");
    }

    private static Markup SignOut(HttpContext http, Visitor visitor)
    {
        if (!visitor.HasSession)
            return Markup.Empty;
        var token = http.RequestServices.GetRequiredService<FormTokens>().Issue(http);
        return Markup.Of($"""
            <form method="post" action="/logout">
            <input type="hidden" name="{FormTokens.Field}" value="{token}">
            <button class="plain" type="submit">Sign out</button>
            </form>
            """);
    }
}
