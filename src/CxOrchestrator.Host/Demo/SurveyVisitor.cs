using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Host.Demo;

/// <summary>A simulated customer at the survey page: opens the link, fills the form in, and presses the button, over HTTP like anybody.</summary>
internal sealed partial class SurveyVisitor(HttpClient http)
{
    private const int MostPresses = 3;

    /// <summary>True where the page has taken the answer.</summary>
    public async Task<bool> AnswerAsync(Uri link, DemoAnswer answer, CancellationToken cancellation)
    {
        using var opened = await http.GetAsync(link, cancellation);
        if (!opened.IsSuccessStatusCode)
            return false;
        var page = await opened.Content.ReadAsStringAsync(cancellation);
        for (var press = 0; press < MostPresses; press++)
        {
            var fields = Hidden(page);
            var scores = Scores().Matches(page).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
            if (scores.Count > 0)
                fields["score"] = answer.ScoreOn(scores.Min(), scores.Max()).ToString(CultureInfo.InvariantCulture);
            if (page.Contains("name=\"comment\"", StringComparison.Ordinal))
                fields["comment"] = answer.Comment;
            if (fields.Count == 0)
                return true;
            using var form = new FormUrlEncodedContent(fields);
            using var posted = await http.PostAsync(link, form, cancellation);
            page = await posted.Content.ReadAsStringAsync(cancellation);
            // A page that still has the button asks to press it once more (it was pressed faster than people do).
            if (!posted.IsSuccessStatusCode || !page.Contains("<button", StringComparison.Ordinal))
                return posted.IsSuccessStatusCode;
        }

        return false;
    }

    private static Dictionary<string, string> Hidden(string page) => HiddenInputs().Matches(page)
        .ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenInputs();

    [GeneratedRegex("<input type=\"radio\"[^>]*? value=\"(\\d+)\"")]
    private static partial Regex Scores();
}
