using System.Globalization;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Web.Pages;
using CxOrchestrator.Web.Surveys;
using Microsoft.AspNetCore.Http.Features;

namespace CxOrchestrator.Web.Consent;

/// <summary>
/// The unsubscribe link. <c>GET /u/{token}</c> shows a page with a button and does nothing, since scanners open every link. <c>POST /u/{token}</c> with
/// <c>List-Unsubscribe=One-Click</c> (RFC 8058: what mail programs send, form-urlencoded or multipart, without cookies) withdraws at once, and again as
/// often as it likes: always 200, never a redirect. The page's own button sends the same and says that it is the page.
/// </summary>
internal sealed class UnsubscribeEndpoints(UnsubscribeDesk desk, CoreSettings settings)
{
    private const int MostBytes = 16 * 1024;
    private const string ThePage = "unsubscribe page";

    /// <summary>Shows the page.</summary>
    public async Task<IResult> ShowAsync(string token, HttpRequest request, CancellationToken cancellation) =>
        await desk.OpenAsync(token, cancellation) is { } visit ? Page(visit, token, restored: false) : Unknown(request);

    /// <summary>Withdraws consent, or gives it back.</summary>
    public async Task<IResult> ChangeAsync(string token, HttpRequest request, CancellationToken cancellation)
    {
        var form = await FormAsync(request, cancellation);
        if (Says(form, "List-Unsubscribe", "One-Click"))
        {
            var how = Says(form, "from", "page") ? ThePage : "one-click unsubscribe";
            return await desk.WithdrawAsync(token, how, cancellation) is { } stopped ? Page(stopped, token, restored: false) : Unknown(request);
        }

        if (Says(form, "consent", "give"))
            return await desk.RestoreAsync(token, ThePage, cancellation) is { } given ? Page(given, token, restored: true) : Unknown(request);
        return await ShowAsync(token, request, cancellation);
    }

    private static PageResult Unknown(HttpRequest request)
    {
        var words = CustomerMessagePage.WordsFor(request);
        return CustomerMessagePage.Of(words, words.Unknown, StatusCodes.Status404NotFound);
    }

    private PageResult Page(UnsubscribeVisit visit, string token, bool restored)
    {
        var words = CustomerWords.For(visit.Customer?.Locale ?? settings.DefaultLocale);
        var stopped = visit.State == ConsentState.Withdrawn;
        var (title, text) = stopped ? words.Stopped : restored ? words.Resumed : (words.StopTitle, words.StopAsk);
        var sentence = string.Format(
            CultureInfo.InvariantCulture, text, words.Messages(visit.Channel, visit.Purpose), settings.Sending.Company);
        return CustomerMessagePage.Of(
            words.Language, title, sentence, StatusCodes.Status200OK, stopped ? ResumeForm(words, token) : restored ? null : StopForm(words, token));
    }

    private static Markup StopForm(CustomerWords words, string token) => Markup.Of($"""
        <form method="post" action="{token}">
        <input type="hidden" name="List-Unsubscribe" value="One-Click">
        <input type="hidden" name="from" value="page">
        <button type="submit">{words.Stop}</button>
        </form>
        """);

    private static Markup ResumeForm(CustomerWords words, string token) => Markup.Of($"""
        <form method="post" action="{token}">
        <input type="hidden" name="consent" value="give">
        <button type="submit" class="second">{words.Resume}</button>
        </form>
        """);

    // A body that can't be read is no wish: the page with the button is the answer, with 200 as for every token of ours.
    private static async Task<IFormCollection?> FormAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || request.ContentLength > MostBytes)
            return null;
        try
        {
            var options = new FormOptions
            {
                BufferBody = true, BufferBodyLengthLimit = MostBytes, MultipartBodyLengthLimit = MostBytes, ValueCountLimit = 16,
            };
            return await new FormFeature(request, options).ReadFormAsync(cancellation);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static bool Says(IFormCollection? form, string name, string value) =>
        form is not null && form.TryGetValue(name, out var found) && found.Contains(value, StringComparer.OrdinalIgnoreCase);
}
