using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Surveys;

/// <summary>The words of one survey's page in one language: the survey's own and ours.</summary>
internal sealed class SurveyText
{
    private readonly Survey _survey;

    private SurveyText(Survey survey, string language)
    {
        _survey = survey;
        Language = language;
        Ours = CustomerWords.For(language);
        Words = survey.Words[language];
    }

    /// <summary>The page's language.</summary>
    public string Language { get; }

    /// <summary>The page's own words.</summary>
    public CustomerWords Ours { get; }

    /// <summary>The survey's words.</summary>
    public SurveyWords Words { get; }

    /// <summary>
    /// The language that was asked for where the survey has it, else the best for the customer's locale, else the survey's default.
    /// </summary>
    public static SurveyText For(Asked asked, string? requested)
    {
        var available = asked.Survey.Words.Keys;
        var chosen = available.FirstOrDefault(language => language.Equals(requested, StringComparison.OrdinalIgnoreCase))
            ?? Locales.Best(available, asked.Customer.Locale)
            ?? asked.Survey.DefaultLanguage;
        return new SurveyText(asked.Survey, chosen);
    }

    /// <summary>Words of a question in this language, else in the survey's default one; empty where there are none.</summary>
    public string Of(IReadOnlyDictionary<string, string> words) =>
        words.GetValueOrDefault(Language) ?? words.GetValueOrDefault(_survey.DefaultLanguage) ?? "";

    /// <summary>Fills the places of a sentence, numbers in the language's own digits.</summary>
    public string Fill(string sentence, params ReadOnlySpan<object> values)
    {
        var texts = new string[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            texts[index] = values[index] switch
            {
                int number => Languages.Digits(number, Language),
                DateTimeOffset time => Languages.Digits(time.ToString("HH:mm", CultureInfo.InvariantCulture), Language),
                var other => other.ToString() ?? "",
            };
        }

        return string.Format(CultureInfo.InvariantCulture, sentence, (object?[])texts);
    }

    /// <summary>What is wrong, for the customer.</summary>
    public string Of(AnswerFault fault, int commentLength) => fault switch
    {
        AnswerFault.CommentMissing => Ours.CommentNeeded,
        AnswerFault.CommentTooLong => Fill(Ours.CommentTooLong, commentLength, SurveyAnswer.LongestComment),
        _ => Fill(Ours.ChooseScore, _survey.Scored.Lowest, _survey.Scored.Highest),
    };
}
