using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CxOrchestrator.EndToEnd.Tests.Answers;

/// <summary>
/// A customer with a browser that knows no script: opens the link, fills the form in as the page gives it, presses the button, and tries again when the
/// connection breaks, as people do.
/// </summary>
internal sealed class AnsweringCustomer(HttpClient http)
{
    // A server that is killed again and again is down for longer in all than one that starts once; whoever waits longer than this waits for nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Longer than Surveys:ConfirmWithin: people read before they press.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(1.7);

    /// <summary>Answers, and returns once the page has taken it.</summary>
    /// <exception cref="InvalidOperationException">The page did not take it; the message holds the page.</exception>
    public async Task AnswerAsync(Uri link, int score, string comment)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await FillInAsync(link, score, comment);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && waiting.Elapsed < Patience)
            {
                await Task.Delay(250);
            }
        }
    }

    private async Task FillInAsync(Uri link, int score, string comment)
    {
        using var opened = await http.GetAsync(link);
        var page = await opened.Content.ReadAsStringAsync();
        // "You have answered already": the connection broke after an earlier press was taken.
        if (opened.StatusCode == HttpStatusCode.Conflict)
            return;
        await Task.Delay(Reading);
        using var document = await new HtmlParser().ParseDocumentAsync(page);
        var form = document.QuerySelector("form[method=post]") ?? throw new InvalidOperationException($"No form to answer in:\n{page}");
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["score"] = score.ToString(System.Globalization.CultureInfo.InvariantCulture);
        fields["comment"] = comment;
        using var content = new FormUrlEncodedContent(fields);
        using var posted = await http.PostAsync(link, content);
        // The page thanks by a redirect; where it leads is not followed, since an hour of sped-up time may pass before it is there.
        if (posted.StatusCode is not (HttpStatusCode.SeeOther or HttpStatusCode.Conflict))
            throw new InvalidOperationException($"{(int)posted.StatusCode}:\n{await posted.Content.ReadAsStringAsync()}");
    }
}
