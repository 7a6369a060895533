namespace CxOrchestrator.Templating.Tests.Analysis;

public sealed class UsesTests
{
    [Fact]
    public void Variables_of_the_model_are_listed_with_their_paths_and_places()
    {
        var template = Mail.Parsed("Hi {{ customer.name | string.upcase }},\n{{ x = order.total; x }}{{ for i in order.items; i.sku; for.index; end }}{{ this.n }}");

        Assert.Equal(
            [new("customer.name", 1, 7), new("order.total", 2, 8), new("order.items", 2, 37), new("n", 2, 77)],
            template.Variables);
    }

    [Fact]
    public void Parameters_functions_and_captures_are_the_templates_own()
    {
        var template = Mail.Parsed("{{ func f(a); ret a + b; end; f c }}{{ capture d; end; d }}{{ $e }}{{ g = do; ret h; end }}{{ empty }}");

        Assert.Equal(["b", "c", "h"], template.Variables.Select(use => use.Path));
    }

    [Fact]
    public void Included_names_are_listed_where_they_are_literal()
    {
        var template = Mail.Parsed("{{ include 'header' }}\n{{ include ('a' + n) }}{{ x = include \"footer\" 1 }}");

        Assert.Equal([new("header", 1, 4), new("footer", 2, 31)], template.Includes);
    }

    [Theory]
    [InlineData("include 'a'", "a")]
    [InlineData("'a' | include 1", "a")]
    [InlineData("include n: 1 ('a')", "a")]
    [InlineData("include (include 'b')", "b", true)]
    [InlineData("include n", "", true)]
    [InlineData("include ('a' + n)", "", true)]
    [InlineData("['a'] | array.each @include", "", true)]
    [InlineData("f = @include; f 'a'", "", true)]
    [InlineData("include_join ['a', ('b')] ', ' 'tpl:c' 'd'", "a b c")]
    [InlineData("['a'] | include_join 'tpl:b'", "a b")]
    [InlineData("include_join ['a', n] ''", "a", true)]
    [InlineData("include_join ['a'] ('<hr>' | html.raw) (html.raw 'tpl:b')", "a b")]
    [InlineData("include_join ['a'] (n | html.raw)", "a", true)]
    [InlineData("include_join names ''", "", true)]
    [InlineData("include_join ['a'] '' n", "a", true)]
    [InlineData("include_join ['a'] end: 'tpl:b' separator: null", "a b")]
    [InlineData("func include(x); ret x; end; include n", "")]
    [InlineData("customer.include", "")]
    public void Includes_are_literal_or_any(string code, string names, bool any = false)
    {
        var template = Mail.Parsed("{{ " + code + " }}");

        Assert.Equal((names, any), (string.Join(' ', template.Includes.Select(use => use.Path)), template.IncludesAny));
    }

    [Fact]
    public void What_a_template_sets_is_listed_apart() => Assert.Equal(
        ["a", "b", "c", "f", "x"], Mail.Parsed("{{ a = 1; $l = 2; capture b; end; for c in d; end; func f(x); end }}").Sets.Order());

    [Fact]
    public void An_expression_lists_its_variables() => Assert.Equal(
        [new("answer.score", 1, 1), new("limit", 1, 17)], CompiledExpression.Parse("answer.score <= limit", "when").Expression!.Variables);
}
