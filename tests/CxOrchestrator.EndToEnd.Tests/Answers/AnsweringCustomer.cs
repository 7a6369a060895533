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
    private const int Tries = 60;
    private const int MostPresses = 3;

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
        for (var press = 0; press < MostPresses; press++)
        {
            using var document = await new HtmlParser().ParseDocumentAsync(page);
            var form = document.QuerySelector<IHtmlFormElement>("form[method=post]")
                ?? throw new InvalidOperationException($"No form to answer in:\n{page}");
            var fields = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").ToDictionary(input => input.Name!, input => input.Value);
            fields["score"] = score.ToString(System.Globalization.CultureInfo.InvariantCulture);
            fields["comment"] = comment;
            using var content = new FormUrlEncodedContent(fields);
            using var posted = await http.PostAsync(link, content);
            page = await posted.Content.ReadAsStringAsync();
            if (posted.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable)
                throw new HttpRequestException("not now");
            if (!posted.IsSuccessStatusCode)
                throw new InvalidOperationException($"{(int)posted.StatusCode}:\n{page}");
            using var answered = await new HtmlParser().ParseDocumentAsync(page);
            if (answered.QuerySelector("form[method=post] [name=score]") is null)
                return page;
        }

        throw new InvalidOperationException($"Pressed {MostPresses} times, and asked again:\n{page}");
    }
}
