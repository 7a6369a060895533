using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Surveys;

/// <summary>What a survey's form shows.</summary>
internal sealed record SurveyPage
{
    /// <summary>Who is asked what.</summary>
    public required Asked Asked { get; init; }

    /// <summary>The words.</summary>
    public required SurveyText Text { get; init; }

    /// <summary>The link's token.</summary>
    public required string Token { get; init; }

    /// <summary>The form's stamp.</summary>
    public required string Stamp { get; init; }

    /// <summary>The score that is chosen, or null.</summary>
    public int? Score { get; init; }

    /// <summary>What stands in the comment.</summary>
    public string Comment { get; init; } = "";

    /// <summary>A sentence above the form, or empty.</summary>
    public string Notice { get; init; } = "";

    /// <summary>What is wrong with the score, or empty.</summary>
    public string ScoreError { get; init; } = "";

    /// <summary>What is wrong with the comment, or empty.</summary>
    public string CommentError { get; init; } = "";

    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    private bool IsFaulty => ScoreError.Length > 0 || CommentError.Length > 0;

    private Question Scored => Asked.Survey.Scored;

    private string FirstTile => $"score-{Scored.Lowest}";

    /// <summary>The page.</summary>
    public PageResult ToResult() => new(new Page
    {
        Title = (IsFaulty ? Text.Ours.ErrorPrefix : "") + Text.Words.Title,
        Language = Text.Language,
        Styles = CustomerStyles.Text,
        Status = Status,
        Body = Markup.Of($"""
            <main>
            <div class="card">
            {Errors()}
            <h1>{Text.Words.Title}</h1>
            {Markup.If(Notice.Length > 0, $"<p class=\"note\" role=\"status\">{Notice}</p>")}
            <form method="post" action="{Token}" novalidate>
            <input type="hidden" name="form" value="{Stamp}">
            <input type="hidden" name="lang" value="{Text.Language}">
            {Asked.Survey.Questions.OrderBy(question => question.Kind == QuestionKind.Comment).Select(Field)}
            <button type="submit">{Text.Words.Send}</button>
            </form>
            </div>
            {LanguageLinks()}
            </main>
            """),
    });

    private Markup Errors() => Markup.If(IsFaulty, $"""
        <div class="errors" role="alert" aria-labelledby="errors" tabindex="-1" autofocus>
        <h2 id="errors">{Text.Ours.ErrorsTitle}</h2>
        <ul>
        {Markup.If(ScoreError.Length > 0, $"<li><a href=\"#{FirstTile}\">{ScoreError}</a></li>")}
        {Markup.If(CommentError.Length > 0, $"<li><a href=\"#comment\">{CommentError}</a></li>")}
        </ul>
        </div>
        """);

    private Markup Field(Question question) => question.Kind == QuestionKind.Comment ? CommentField(question) : Scale(question);

    private Markup Scale(Question question)
    {
        var low = Text.Of(question.Low);
        var high = Text.Of(question.High);
        var hasEnds = low.Length > 0 || high.Length > 0;
        var describedBy = string.Join(' ', new[] { ScoreError.Length > 0 ? "score-wrong" : "", hasEnds ? "ends" : "" }.Where(id => id.Length > 0));
        var wrong = Markup.If(ScoreError.Length > 0, $" class=\"wrong-field\" aria-invalid=\"true\"");
        var described = Markup.If(describedBy.Length > 0, $" aria-describedby=\"{describedBy}\"");
        return Markup.Of($"""
            <fieldset role="radiogroup"{wrong}{described}{RequiredOf(question)}>
            <legend>{Text.Of(question.Text)}</legend>
            {Markup.If(ScoreError.Length > 0, $"<p class=\"wrong\" id=\"score-wrong\">{ScoreError}</p>")}
            <div class="scale">
            {Enumerable.Range(question.Lowest, question.Highest - question.Lowest + 1).Select(Tile)}
            </div>
            {Markup.If(hasEnds, $"<p class=\"ends\" id=\"ends\"><span>{End(question.Lowest, low)}</span> <span>{End(question.Highest, high)}</span></p>")}
            </fieldset>
            """);
    }

    private static Markup RequiredOf(Question question) => Markup.If(question.Required, $" aria-required=\"true\"");

    private string End(int score, string words) => words.Length > 0 ? $"{Languages.Digits(score, Text.Language)} = {words}" : "";

    private Markup Tile(int score) => Markup.Of($"""
        <label class="tile">
        <input type="radio" id="score-{score}" name="score" value="{score}"{Markup.If(score == Score, $" checked")}><span>{Languages.Digits(score, Text.Language)}</span>
        </label>

        """);

    private Markup CommentField(Question question)
    {
        var isWrong = CommentError.Length > 0;
        var described = isWrong ? "comment-wrong comment-limit" : "comment-limit";
        var invalid = Markup.If(isWrong, $" aria-invalid=\"true\"");
        // HTML drops one line break right after the tag, so that one of the customer's own is kept.
        return Markup.Of($"""
            <div{Markup.If(isWrong, $" class=\"wrong-field\"")}>
            <label class="question" for="comment">{Text.Of(question.Text)} {Markup.If(!question.Required, $"<span class=\"soft\">{Text.Ours.Optional}</span>")}</label>
            <p class="soft" id="comment-limit">{Text.Fill(Text.Ours.CommentLimit, SurveyAnswer.LongestComment)}</p>
            {Markup.If(isWrong, $"<p class=\"wrong\" id=\"comment-wrong\">{CommentError}</p>")}
            <textarea id="comment" name="comment" rows="5" maxlength="{SurveyAnswer.LongestComment}" dir="auto" aria-describedby="{described}"{invalid}{RequiredOf(question)}>
            {Comment}</textarea>
            </div>
            """);
    }

    private Markup LanguageLinks()
    {
        var languages = Asked.Survey.Words.Keys.Order(StringComparer.Ordinal).ToList();
        return Markup.If(languages.Count > 1, $"""
            <nav aria-label="{Text.Ours.LanguageLabel}">
            <ul>
            {languages.Select(LanguageLink)}
            </ul>
            </nav>
            """);
    }

    private Markup LanguageLink(string language)
    {
        var name = Languages.OwnNameOf(language);
        if (language == Text.Language)
            return Markup.Of($"<li><strong aria-current=\"true\">{name}</strong></li>\n");
        var direction = Languages.DirectionOf(language);
        var query = Score is { } score ? $"?lang={language}&score={score}" : $"?lang={language}";
        return Markup.Of($"<li><a href=\"{query}\" lang=\"{language}\" dir=\"{direction}\" hreflang=\"{language}\">{name}</a></li>\n");
    }
}
