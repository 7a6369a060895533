using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.Tests.Content;

namespace CxOrchestrator.Core.Tests.Surveys;

public sealed class SurveyParserTests
{
    private const string Good = """
        survey: nps
        language: en
        words:
          en: { title: Your opinion, send: Send, thanks: Thank you }
          pt_br: { title: Sua opinião, send: Enviar, thanks: Agradecemos }
        questions:
          - id: recommend
            kind: nps
            text: { en: How likely?, pt-BR: Qual a probabilidade? }
            low: { en: Not at all, pt-BR: Nada }
            high: { en: Very, pt-BR: Muito }
          - id: reason
            kind: comment
            text: { en: Why?, pt-BR: Por quê? }
        case: { when: answer.score <= 6, kind: detractor, due: 1 business day }
        """;

    [Fact]
    public void A_survey_is_read_with_its_words_and_its_rule()
    {
        var parse = SurveyParser.Parse(Good, "surveys/nps.yaml", 3);
        Assert.Empty(parse.Faults);
        var survey = parse.Survey!;
        Assert.Equal(("nps", 3, "en"), (survey.Key, survey.Version, survey.DefaultLanguage));
        Assert.Equal(Duration.OfDays(30), survey.Expires);
        Assert.Equal(new SurveyWords("Sua opinião", "Enviar", "Agradecemos"), survey.Words["pt-BR"]);
        Assert.Equal(QuestionKind.Nps, survey.Scored.Kind);
        Assert.True(survey.Scored.Required);
        Assert.False(survey.Questions[1].Required);
        Assert.Equal("Por quê?", survey.Questions[1].Text["pt-BR"]);
        Assert.Equal(("detractor", null), (survey.Case!.Kind, survey.Case.Owner));
        Assert.Equal(ZoneOf.Company, survey.Case.Due.Zone);
        Assert.Equal((15, 15), parse.CasePlace);
    }

    [Theory]
    [InlineData("kind: nps", "kind: nsp", "8:11", "Did you mean 'nps'?")]
    [InlineData("kind: comment", "kind: csat", "7:3", "exactly one scored question")]
    [InlineData("id: reason", "id: recommend", "7:3", "Two questions have the id 'recommend'")]
    [InlineData("language: en", "language: de", "4:3", "The words in the survey's own language 'de' are missing")]
    [InlineData("pt_br:", "klingon:", "5:3", "'klingon' is no known language")]
    [InlineData("pt_br:", "EN:", "5:3", "The language 'en' stands here twice")]
    [InlineData("text: { en: How likely?, ", "text: { ", "1:1", "own language 'en' are missing: question 'recommend', text")]
    [InlineData("send: Send, ", "", "4:7", "The key 'send' is missing")]
    [InlineData("send: Send, ", "sned: Send, ", "4:30", "Did you mean 'send'?")]
    [InlineData("due: 1 business day", "due: 1 moon", "15:56", "'moon' is no unit of time")]
    [InlineData("when: answer.score <= 6", "when: answer.score <=", "15:", "In 'answer.score <='")]
    [InlineData("kind: comment", "kind: comment\n    low: { en: a, pt-BR: b }", "14:10", "A comment has no scale")]
    [InlineData("language: en", "language: en\nexpires: soon", "3:10", "is no duration")]
    public void A_bad_survey_is_refused_with_its_place_and_what_to_do(string good, string bad, string place, string text)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var parse = SurveyParser.Parse(Good.Replace(good, bad, StringComparison.Ordinal), "surveys/nps.yaml");
        Assert.Null(parse.Survey);
        Assert.Contains(parse.Faults, fault => fault.ToString().StartsWith($"surveys/nps.yaml:{place}", StringComparison.Ordinal)
            && fault.Text.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Words_that_are_missing_in_another_language_are_a_warning()
    {
        var parse = SurveyParser.Parse(Good.Replace(", pt-BR: Por quê?", "", StringComparison.Ordinal), "surveys/nps.yaml");
        Assert.NotNull(parse.Survey);
        var warning = Assert.Single(parse.Faults);
        Assert.True(warning.IsWarning);
        Assert.Contains("There are no words in 'pt-BR': question 'reason', text", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("surveys/nps.yaml")]
    [InlineData("surveys/csat.yaml")]
    public void The_starter_surveys_have_all_words_in_five_languages(string path)
    {
        var survey = SurveyParser.Parse(Repository.Template(path), path).Survey!;
        string[] languages = ["en", "fa", "pt", "th", "zh"];
        Assert.Equal(languages, survey.Words.Keys.Order());
        Assert.All(survey.Questions, question => Assert.Equal(languages, question.Text.Keys.Order()));
        Assert.Equal(languages, survey.Scored.Low.Keys.Order());
        Assert.Equal(languages, survey.Scored.High.Keys.Order());
    }
}
