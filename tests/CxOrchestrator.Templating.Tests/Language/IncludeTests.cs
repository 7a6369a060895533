namespace CxOrchestrator.Templating.Tests.Language;

public sealed class IncludeTests
{
    private static readonly TemplateRenderOptions Options = new()
    {
        Loader = Mail.Templates(
            ("button", "<a href=\"{{ $url }}\">{{ $1 }}</a>"),
            ("row", "<p>\n  a\n</p>"),
            ("early", "a{{ ret }}b"),
            ("sum", "{{ y = y + 1 ~}}{{ y }}"),
            ("empty", "")),
    };

    [Theory]
    [InlineData("{{ include 'button' 'Buy' url: 'https://x' }}", "<a href=\"https://x\">Buy</a>")]
    [InlineData("<div>\n    {{ include 'row' }}\n</div>", "<div>\n    <p>\n      a\n    </p>\n</div>")]
    [InlineData("{{ include 'early' }}c", "ac")]
    [InlineData("{{ y = 1; x = include 'sum'; x + ' ' + y }}", "2 2")]
    [InlineData("{{ include_join ['early', 'early'] ', ' '[' ']' }}", "[a, a]")]
    [InlineData("{{ include_join ['early', 'early'] 'tpl:early' }}", "aaa")]
    [InlineData("{{ include_join ['empty'] ', ' '[' ']' }}|", "|")]
    public void Another_template_is_rendered_in_place(string template, string expected) =>
        Assert.Equal(expected, Mail.Rendered(template, Options));
}
