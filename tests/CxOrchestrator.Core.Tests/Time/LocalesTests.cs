namespace CxOrchestrator.Core.Tests.Time;

public sealed class LocalesTests
{
    [Theory]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData("pt_br", "pt-BR")]
    [InlineData("EN", "en")]
    [InlineData("zh-hans-cn", "zh-Hans-CN")]
    [InlineData("th-US", "th-US")]
    [InlineData("es-419", "es-419")]
    [InlineData("fa-IR", "fa-IR")]
    public void A_known_locale_is_found_in_its_usual_case(string text, string tag)
    {
        var match = Locales.Find(text);
        Assert.True(match.Known, match.Problem);
        Assert.Equal(tag, match.Tag);
        Assert.NotNull(match.Culture);
    }

    [Theory]
    [InlineData("xx-YY", "de")]
    [InlineData("english", "de")]
    [InlineData("", "de")]
    [InlineData(null, "de")]
    [InlineData("../x", "de")]
    [InlineData("pt-QQ", "pt")]
    [InlineData("th-TH-x-shop", "th")]
    public void Anything_else_falls_back_with_the_reason(string? text, string tag)
    {
        var match = Locales.Find(text, "de");
        Assert.False(match.Known);
        Assert.Equal(tag, match.Tag);
        Assert.Contains($"{tag} is taken", match.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData("pt-PT", "pt-BR")]
    [InlineData("zh-Hans-CN", "zh")]
    [InlineData("en-GB", "en")]
    [InlineData("fr-FR", null)]
    public void The_best_language_is_the_nearest_of_the_same(string locale, string? expected) =>
        Assert.Equal(expected, Locales.Best(["en", "pt-BR", "zh"], locale));
}
