namespace CxOrchestrator.Templating.Tests.Analysis;

public sealed class DeadCodeTests
{
    [Theory]
    [InlineData("a\n{{ if false }}x{{ end }}", 2, 7, "always false")]
    [InlineData("{{ if !true }}x{{ end }}", 1, 7, "always false")]
    [InlineData("{{ if customer.a && 1 > 2 }}x{{ end }}", 1, 7, "always false")]
    [InlineData("{{ if 0 }}x{{ end }}", 1, 7, "always true (only false and null are false; 0 and an empty text are true): the `if` decides nothing")]
    [InlineData("{{ if true }}x{{ else }}y{{ end }}", 1, 7, "the branches below is never printed")]
    [InlineData("{{ if a }}x{{ else if (1 == 1) || b }}y{{ else }}z{{ end }}", 1, 23, "always true")]
    [InlineData("{{ if a.b }}x{{ else if c }}y\n{{ else if a . b }}z{{ end }}", 2, 12, "The same condition stands in line 1")]
    [InlineData("{{ case 'x' }}{{ when 'x' }}y{{ end }}", 1, 9, "always the same")]
    [InlineData("{{ case a }}{{ when 'x', 'y' }}1{{ when 'y' }}2{{ end }}", 1, 41, "The value \"y\" stands in line 1 already")]
    [InlineData("{{ for i in a }}{{ break }}\n  Hello {{ end }}", 2, 3, "`break` in line 1")]
    [InlineData("{{ if a; ret\n b; end }}", 2, 2, "`ret` in line 1")]
    [InlineData("{{ while false }}x{{ end }}", 1, 10, "the loop never runs")]
    [InlineData("{{ true ? a : b }}", 1, 4, "always true: the other value")]
    [InlineData("{{ func f; if null; ret 1; end; end }}", 1, 15, "always false")]
    public void What_nothing_comes_to_is_told_with_its_place(string text, int line, int column, string says)
    {
        var message = Assert.Single(Mail.Parsed(text).DeadCode);
        Assert.Equal((TemplateSeverity.Warning, line, column), (message.Severity, message.Line, message.Column));
        Assert.Contains(says, message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ if a }}x{{ else if b }}y{{ else }}z{{ end }}")]
    [InlineData("{{ if a || false }}x{{ end }}")]
    [InlineData("{{ if a && true }}x{{ end }}")]
    [InlineData("{{ while true }}{{ if a }}{{ break }}{{ end }}{{ end }}")]
    [InlineData("{{ if f 1 }}x{{ else if f 1 }}y{{ end }}")]
    [InlineData("{{ if -'x' }}x{{ end }}")]
    [InlineData("{{ for i in a }}{{ break }}\n{{ end }}")]
    [InlineData("{{ case a }}{{ when 1 }}x{{ when 2 }}y{{ end }}")]
    public void What_depends_on_something_is_left_alone(string text) => Assert.Empty(Mail.Parsed(text).DeadCode);

    [Theory]
    [InlineData("1 > 2", false)]
    [InlineData("true || x", true)]
    [InlineData("x && (false)", false)]
    [InlineData("x > 2", null)]
    [InlineData("date.now", null)]
    [InlineData("-'x'", null)]
    public void An_expression_says_which_truth_it_always_has(string text, bool? truth) =>
        Assert.Equal(truth, CompiledExpression.Parse(text, "when").Expression!.ConstantTruth);

    [Fact]
    public void The_text_without_code_keeps_its_places()
    {
        const string Text = "<a href=\"{{ '}}' }}\">\n  {{~ if a\n ~}}b{{ end }}</a>{%{ {{c}} }%}";

        var markup = Mail.Parsed(Text).Markup;

        Assert.Equal(Text.Length, markup.Length);
        Assert.Equal(Text.IndexOf("b{{", StringComparison.Ordinal), markup.IndexOf('b', StringComparison.Ordinal));
        Assert.Equal(Text.IndexOf("{{c}}", StringComparison.Ordinal), markup.IndexOf("{{c}}", StringComparison.Ordinal));
        Assert.Equal("<a href=\"\">\n\nb</a> {{c}} ", markup.Replace($"{CompiledTemplate.Code}", "", StringComparison.Ordinal));
    }
}
