using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Surveys;

/// <summary>A page of a headline and a sentence for customers.</summary>
internal static class CustomerMessagePage
{
    /// <summary>The page.</summary>
    /// <param name="language">The language of the words.</param>
    /// <param name="title">The headline.</param>
    /// <param name="text">The sentence; may be empty.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="more">What stands below, such as a link.</param>
    public static PageResult Of(string language, string title, string text, int status, Markup? more = null) => new(new Page
    {
        Title = title,
        Language = language,
        Styles = CustomerStyles.Text,
        Status = status,
        Body = Markup.Of($"""
            <main>
            <div class="card">
            <h1>{title}</h1>
            {Markup.If(text.Length > 0, $"<p>{text}</p>")}
            {more}
            </div>
            </main>
            """),
    });

    /// <summary>The page with the words of the first of these languages that there are words for.</summary>
    public static PageResult Of(CustomerWords words, (string Title, string Text) said, int status) => Of(words.Language, said.Title, said.Text, status);

    /// <summary>Words for somebody of whom only the browser's languages are known (RFC 9110, 12.5.4).</summary>
    public static CustomerWords WordsFor(HttpRequest request)
    {
        var asked = request.Query["lang"].ToString();
        var accepted = request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is null or > 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value ?? "");
        var language = accepted.Prepend(asked).FirstOrDefault(tag => Core.Locales.Best(CustomerWordsByLanguage.All.Keys, tag) is not null);
        return CustomerWords.For(language ?? "en");
    }
}
