namespace CxOrchestrator.Templating.Tests.Rendering;

public sealed class EscapeTests
{
    private static readonly TemplateRenderOptions Html = new()
    {
        EscapeHtml = true,
        Loader = Mail.Templates(("part", "<i>{{ customer.name }}</i>")),
    };

    [Theory]
    [InlineData("<p>{{ customer.name }}</p>", "<p>Zoë &lt;b&gt;</p>")]
    [InlineData("{{ customer.name | html.raw }}", "Zoë <b>")]
    [InlineData("{{ '<b>' | html.escape }}", "&lt;b&gt;")]
    [InlineData("{{ '<b>' | html.escape | html.escape }}", "&lt;b&gt;")]
    [InlineData("{{ \"it's & \\\"q\\\"\" }}", "it&#39;s &amp; &quot;q&quot;")]
    [InlineData("{{ include 'part' }}", "<i>Zoë &lt;b&gt;</i>")]
    [InlineData("{{ capture x }}<b>{{ customer.name }}</b>{{ end }}{{ x }}", "<b>Zoë &lt;b&gt;</b>")]
    [InlineData("{{ ('<b>' | html.raw) + '<i>' }}", "<b>&lt;i&gt;")]
    [InlineData("{{ $'<i>{\"<b>\" | html.raw}' }}", "&lt;i&gt;<b>")]
    [InlineData("{{ 'a<\\nb' | html.newline_to_br }}", "a&lt;<br />\nb")]
    [InlineData("{{ ['<'] }}", "[&quot;&lt;&quot;]")]
    [InlineData("{{ '<' | html.raw | string.append '>' }}", "<&gt;")]
    [InlineData("{{ '<' | html.raw | string.upcase }}", "&lt;")]
    [InlineData("{{ include_join ['part'] '' '<' '>' }}", "&lt;<i>Zoë &lt;b&gt;</i>&gt;")]
    [InlineData("{{ ('a' | html.raw) == 'a' }}", "true")]
    public void Values_are_escaped_once_and_marked_html_is_not(string template, string expected) =>
        Assert.Equal(expected, Mail.Rendered(template, Html));

    [Fact]
    public void Without_the_option_nothing_is_escaped() => Assert.Equal("Zoë <b>", Mail.Rendered("{{ customer.name }}"));
}
