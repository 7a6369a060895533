using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CxOrchestrator.EndToEnd.Tests.Answers;

/// <summary>
/// A customer with a browser that knows no script: opens the link, fills the form in as the page gives it, presses the button, and tries again when the
/// connection breaks, as people do.
/// </summary>
internal sealed class AnsweringCustomer(HttpClient http)
{
    private const int Tries = 60;

    // Longer than Surveys:ConfirmWithin: people read before they press.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(1.7);

    /// <summary>Answers; the page that said thanks, or an exception with the page that did not.</summary>
    public async Task<string> AnswerAsync(Uri link, int score, string comment)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await FillInAsync(link, score, comment);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && attempt < Tries)
            {
                await Task.Delay(250);
            }
        }
    }

    private async Task<string> FillInAsync(Uri link, int score, string comment)
    {
        var page = await http.GetStringAsync(link);
        await Task.Delay(Reading);
        using var document = await new HtmlParser().ParseDocumentAsync(page);
        var form = document.QuerySelector("form[method=post]") ?? throw new InvalidOperationException($"No form to answer in:\n{page}");
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["score"] = score.ToString(System.Globalization.CultureInfo.InvariantCulture);
        fields["comment"] = comment;
        using var content = new FormUrlEncodedContent(fields);
        using var posted = await http.PostAsync(link, content);
        page = await posted.Content.ReadAsStringAsync();
        return posted.IsSuccessStatusCode ? page : throw new InvalidOperationException($"{(int)posted.StatusCode}:\n{page}");
    }
}
