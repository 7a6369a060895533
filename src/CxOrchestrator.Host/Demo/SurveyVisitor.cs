using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Host.Demo;

/// <summary>A simulated customer at the survey page: opens the link, reads, fills the form in, and presses the button, over HTTP like anybody.</summary>
internal sealed partial class SurveyVisitor(HttpClient http, TimeProvider machineTime)
{
    // Nobody answers a page in less; the page takes those who do for scripts.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(1.6);

    /// <summary>True where the page has taken the answer.</summary>
    public async Task<bool> AnswerAsync(Uri link, DemoAnswer answer, CancellationToken cancellation)
    {
        using var opened = await http.GetAsync(link, cancellation);
        if (!opened.IsSuccessStatusCode)
            return false;
        var page = await opened.Content.ReadAsStringAsync(cancellation);
        await Task.Delay(Reading, machineTime, cancellation);
        var fields = HiddenInputs().Matches(page).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
        var scores = Scores().Matches(page).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        if (scores.Count == 0)
            return false;
        fields["score"] = answer.ScoreOn(scores.Min(), scores.Max()).ToString(CultureInfo.InvariantCulture);
        fields["comment"] = answer.Comment;
        using var form = new FormUrlEncodedContent(fields);
        using var posted = await http.PostAsync(link, form, cancellation);
        return posted.IsSuccessStatusCode;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenInputs();

    [GeneratedRegex("<input type=\"radio\"[^>]*? value=\"(\\d+)\"")]
    private static partial Regex Scores();
}
