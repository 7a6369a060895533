using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Tests.Pages;

public sealed partial class CustomerWordsTests
{
    public static TheoryData<string> Languages => [.. CustomerWordsByLanguage.All.Keys];

    [Fact]
    public void There_are_words_in_five_languages() =>
        Assert.Equal(["en", "fa", "pt", "th", "zh"], CustomerWordsByLanguage.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_sentence_is_there_and_has_the_places_of_the_english_one(string language)
    {
        var english = Sentences(CustomerWordsByLanguage.All["en"]);
        var other = Sentences(CustomerWordsByLanguage.All[language]);

        Assert.Equal(english.Keys, other.Keys);
        foreach (var (name, sentence) in other)
        {
            Assert.False(string.IsNullOrWhiteSpace(sentence), name);
            Assert.Equal(Places(english[name]), Places(sentence));
            Assert.NotEmpty(string.Format(CultureInfo.InvariantCulture, sentence, "a", "b"));
        }
    }

    [Theory]
    [InlineData("th-TH", "th")]
    [InlineData("zh-Hans-CN", "zh")]
    [InlineData("pt-BR", "pt")]
    [InlineData("sw", "en")]
    public void A_locale_finds_its_words(string locale, string language) => Assert.Equal(language, CustomerWords.For(locale).Language);

    private static SortedDictionary<string, string> Sentences(CustomerWords words)
    {
        var sentences = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in typeof(CustomerWords).GetProperties().Where(property => property.Name != nameof(CustomerWords.Language)))
        {
            switch (property.GetValue(words))
            {
                case string sentence:
                    sentences[property.Name] = sentence;
                    break;
                case System.Runtime.CompilerServices.ITuple pair:
                    for (var index = 0; index < pair.Length; index++)
                        sentences[$"{property.Name}.{index}"] = (string)pair[index]!;
                    break;
            }
        }

        return sentences;
    }

    private static IEnumerable<string> Places(string sentence) =>
        Place().Matches(sentence).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
