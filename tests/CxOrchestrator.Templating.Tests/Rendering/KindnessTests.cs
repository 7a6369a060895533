namespace CxOrchestrator.Templating.Tests.Rendering;

public sealed class KindnessTests
{
    [Theory]
    [InlineData("{{ nope.a.b }}|{{ nope[0] }}|{{ customer.phone.area }}|{{ $0 }}", "|||")]
    public void Members_of_null_are_null_where_the_host_says_so(string template, string expected) =>
        Assert.Equal(expected, Mail.Rendered(template, new TemplateRenderOptions { NullMembersAreNull = true }));

    [Theory]
    [InlineData("{{ if n }}a{{ elseif n }}b{{ end }}", "else if", 1, 15)]
    [InlineData("{{ if n and n }}a{{ end }}", "&&", 1, 9)]
    [InlineData("{{ if n or n }}a{{ end }}", "||", 1, 9)]
    [InlineData("{{ if not n }}a{{ end }}", "!", 1, 7)]
    [InlineData("{{ if n == nil }}a{{ end }}", "null", 1, 12)]
    [InlineData("{{ for x in 1..2 }}a{{ endfor }}{{ end }}", "end", 1, 24)]
    [InlineData("{{ n | upcase }}", "string.upcase", 1, 8)]
    [InlineData("{{ n | round }}", "math.round", 1, 8)]
    [InlineData("a {{ n", "}}", 1, 3)]
    [InlineData("{% if n %}a", "{{ … }}", 1, 1)]
    [InlineData("{{#if n}}a", "{{ if … }}", 1, 1)]
    public void Words_of_other_template_languages_are_warned_about_with_the_right_spelling(string template, string right, int line, int column)
    {
        var parse = CompiledTemplate.Parse(template, "text", TemplateParseOptions.Product);

        var warning = Assert.Single(parse.Messages);
        Assert.True(parse.Ok);
        Assert.Equal((TemplateSeverity.Warning, line, column), (warning.Severity, warning.Line, warning.Column));
        Assert.Contains(right, warning.Text, StringComparison.Ordinal);
        Assert.Empty(CompiledTemplate.Parse(template, "text").Messages);
    }

    [Theory]
    [InlineData("{{ customer.default }}{{ x = {and: 1, or: 2} }}{{ string.strip 'or' }}")]
    [InlineData("{{ or }}{{ '{% x %}' }}{{ 'a' | string.upcase }}50% {off}")]
    public void Words_that_are_meant_as_they_stand_are_not_warned_about(string template) =>
        Assert.Empty(CompiledTemplate.Parse(template, "text", TemplateParseOptions.Product).Messages);

    [Fact]
    public void An_expression_is_warned_about_too()
    {
        var parse = CompiledExpression.Parse("n > 1 and n < 9", "when", TemplateParseOptions.Product);

        Assert.Contains("`&&`", Assert.Single(parse.Messages).Text, StringComparison.Ordinal);
    }
}
