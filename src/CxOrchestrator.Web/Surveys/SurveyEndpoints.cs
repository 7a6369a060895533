using CxOrchestrator.Core;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Web.Pages;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Surveys;

/// <summary>The survey page: <c>GET /s/{token}</c> shows, <c>POST /s/{token}</c> answers. A GET never records anything.</summary>
internal sealed class SurveyEndpoints(SurveyDesk desk, FormStamp stamps, ILogger<SurveyEndpoints> log)
{
    /// <summary>Shows the form, or why there is none.</summary>
    public async Task<IResult> ShowAsync(string token, HttpRequest request, CancellationToken cancellation)
    {
        var visit = await desk.OpenAsync(token, cancellation);
        // Thanks stay thanks for who leaves the page open, or comes back to it.
        if (visit is { State: VisitState.Answered or VisitState.Closed, Asked: { } answered } && request.Query.ContainsKey("thanks"))
            return Thanks(visit, answered, SurveyText.For(answered, request.Query["lang"]), token);
        if (visit is not { State: VisitState.Open or VisitState.Answered, Asked: { } asked })
            return Refusal(visit, request, null);

        var text = SurveyText.For(asked, request.Query["lang"]);
        var preselected = SurveyForm.ScoreOf(request.Query["score"]);
        var page = new SurveyPage
        {
            Asked = asked,
            Text = text,
            Token = token,
            Stamp = stamps.New(asked.Invitation.Id),
            Score = preselected ?? visit.Response?.Score,
            Comment = visit.Response?.Comment ?? "",
            Notice = visit.ChangeableUntil is { } until ? text.Fill(text.Ours.Earlier, LocalTimeOf(until, asked)) : "",
        };
        return page.ToResult();
    }

    /// <summary>Takes an answer.</summary>
    public async Task<IResult> AnswerAsync(string token, HttpRequest request, CancellationToken cancellation)
    {
        var form = await SurveyForm.ReadAsync(request, cancellation);
        var visit = await desk.OpenAsync(token, cancellation);
        if (visit is not { State: VisitState.Open or VisitState.Answered, Asked: { } asked })
            return Refusal(visit, request, form.Language);

        var text = SurveyText.For(asked, form.Language);
        var page = Again(form, asked, text, token);
        if (form.TooLarge)
        {
            var tooLarge = text.Fill(text.Ours.TooLarge, SurveyAnswer.LongestComment);
            return (page with { CommentError = tooLarge, Status = StatusCodes.Status413PayloadTooLarge }).ToResult();
        }

        var answer = new SurveyAnswer(form.Score, form.Comment, text.Language);
        if (answer.Tidied().FaultsFor(asked.Survey) is { Count: > 0 } faults)
            return Faulty(page, faults, answer);
        if (!stamps.IsGood(form.Stamp, asked.Invitation.Id))
            return (page with { Notice = text.Ours.Confirm, Status = StatusCodes.Status400BadRequest }).ToResult();

        var outcome = await desk.AnswerAsync(token, answer, cancellation);
        if (outcome.CaseRuleError is { } error)
            log.LogWarning("The case rule of survey {Survey} could not be evaluated, and no case was opened: {Error}", asked.Survey.Key, error);
        return outcome.Result switch
        {
            AnswerResult.NotOpen => Refusal(outcome.Visit, request, form.Language),
            AnswerResult.Faulty => Faulty(page, outcome.Faults, answer),
            // Relative, so that it holds below any prefix of the public address; a reload of what follows is a GET.
            _ => new SeeOther($"{token}?thanks=1&lang={Uri.EscapeDataString(text.Language)}"),
        };
    }

    private static PageResult Faulty(SurveyPage page, IReadOnlyList<AnswerFault> faults, SurveyAnswer answer)
    {
        var length = answer.Tidied().Comment.Length;
        var score = faults.Where(fault => fault is AnswerFault.ScoreMissing or AnswerFault.ScoreOutOfRange);
        var comment = faults.Where(fault => fault is AnswerFault.CommentMissing or AnswerFault.CommentTooLong);
        return (page with
        {
            ScoreError = string.Join(' ', score.Select(fault => page.Text.Of(fault, length))),
            CommentError = string.Join(' ', comment.Select(fault => page.Text.Of(fault, length))),
            Status = StatusCodes.Status422UnprocessableEntity,
        }).ToResult();
    }

    private SurveyPage Again(SurveyForm form, Asked asked, SurveyText text, string token) => new()
    {
        Asked = asked,
        Text = text,
        Token = token,
        Stamp = stamps.IsOurs(form.Stamp, asked.Invitation.Id) ? form.Stamp : stamps.New(asked.Invitation.Id),
        Score = form.Score,
        Comment = form.Comment,
    };

    private static PageResult Thanks(SurveyVisit visit, Asked asked, SurveyText text, string token)
    {
        if (visit.State == VisitState.Closed)
            return CustomerMessagePage.Of(text.Language, text.Words.Thanks, "", StatusCodes.Status200OK);
        var until = text.Fill(text.Ours.ChangeUntil, LocalTimeOf(visit.ChangeableUntil!.Value, asked));
        var link = Markup.Of($"<p><a class=\"link\" href=\"{token}?lang={text.Language}\">{text.Ours.Change}</a></p>");
        return CustomerMessagePage.Of(text.Language, text.Words.Thanks, until, StatusCodes.Status200OK, link);
    }

    private static PageResult Refusal(SurveyVisit visit, HttpRequest request, string? language)
    {
        if (visit.Asked is null)
            return CustomerMessagePage.Of(
                CustomerMessagePage.WordsFor(request), CustomerMessagePage.WordsFor(request).Unknown, StatusCodes.Status404NotFound);
        var words = SurveyText.For(visit.Asked, language ?? request.Query["lang"]).Ours;
        return visit.State == VisitState.Closed
            ? CustomerMessagePage.Of(words, words.Closed, StatusCodes.Status409Conflict)
            : CustomerMessagePage.Of(words, words.Expired, StatusCodes.Status410Gone);
    }

    private static DateTimeOffset LocalTimeOf(DateTimeOffset time, Asked asked) =>
        TimeZoneInfo.ConvertTime(time, Zones.Find(asked.Customer.TimeZone).Zone);
}
