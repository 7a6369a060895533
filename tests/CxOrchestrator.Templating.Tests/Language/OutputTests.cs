namespace CxOrchestrator.Templating.Tests.Language;

public sealed class OutputTests
{
    [Theory]
    [InlineData("Hi {{ customer.tier }}!", "Hi gold!")]
    [InlineData("{{ customer.phone }}", "")]
    [InlineData("{{ customer.phone ?? 'none' }}|{{ customer.tier ?! 'set' }}", "none|set")]
    [InlineData("{{ order.total }}|{{ order.total * 2 }}|{{ order.total / 3 }}", "129.90|259.80|43.30")]
    [InlineData("{{ 7 / 2 }}|{{ 7 // 2 }}|{{ 7 % 2 }}|{{ 2147483647 + 1 }}", "3.5|3|1|2147483648")]
    [InlineData("{{ 'a' + 1 + null }}|{{ 'ab' * 2 }}|{{ null + 1 }}", "a1|abab|")]
    [InlineData("{{ [1, 'a', null] }}|{{ {a: 1, b: 'x'} }}", "[1, \"a\", null]|{a: 1, b: \"x\"}")]
    [InlineData("{{ $'{n} and {n + 1}' }}", "7 and 8")]
    [InlineData("{{ n > 5 ? 'big' : 'small' }}", "big")]
    [InlineData("{{ (1..3) | array.join '-' }}|{{ 3..1 }}|{{ 1..<3 }}", "1-2-3|[3, 2, 1]|[1, 2]")]
    [InlineData("{{ 'x' | string.upcase | string.append 'y' }}|{{ string.replace('hello', 'l', 'L') }}", "Xy|heLLo")]
    [InlineData("{{ 'x'\n | string.upcase }}", "X")]
    [InlineData("{{ string.upcase 'a' + 'b' }}", "AB")]
    [InlineData("a\n  {{- 'x' -}}  \nb", "axb")]
    [InlineData("a\n\n{{~ 'x' ~}}\n\nb", "a\n\nx\nb")]
    [InlineData("a {%{ {{ x }} }%} b", "a  {{ x }}  b")]
    [InlineData("{{ # one }}{{ ## two\nthree ## 4 }}", "4")]
    public void Expressions_and_text_print_as_in_Scriban(string template, string expected) =>
        Assert.Equal(expected, Mail.Rendered(template));

    [Theory]
    [InlineData("{{ if n == 7 }}a{{ else if n == 8 }}b{{ else }}c{{ end }}", "a")]
    [InlineData("{{ case n; when 1, 2; 'low'; when 7 || 8; 'high'; else; 'other'; end }}", "high")]
    [InlineData("{{ case n }}\n{{ when 7 }}seven{{ end }}", "\nseven")]
    [InlineData("{{ for i in 1..3; i = 9; i; end; i }}", "1239")]
    [InlineData("{{ for i in order.items }}{{ for.index }}{{ i.sku }}{{ if !for.last }},{{ end }}{{ end }}", "0S1,1S2")]
    [InlineData("{{ for i in (1..9) offset:2 limit:3 reversed; i; end }}", "543")]
    [InlineData("{{ for i in []; i; else; 'none'; end }}", "none")]
    [InlineData("{{ for i in 1..5; if i == 2; continue; end; if i == 4; break; end; i; end }}", "13")]
    [InlineData("{{ x = 3; while x > 0; x; x -= 1; end }}", "321")]
    [InlineData("{{ tablerow i in (1..3) cols:2; i; end }}",
        "<tr class=\"row1\"><td class=\"col1\">1</td><td class=\"col2\">2</td></tr>\n<tr class=\"row2\"><td class=\"col1\">3</td></tr>\n")]
    [InlineData("{{ capture x }}[{{ n }}]{{ end }}{{ x }}{{ x }}", "[7][7]")]
    [InlineData("{{ with customer; tier; end }}|{{ import customer; tier }}", "gold|gold")]
    [InlineData("{{ func f(a, b = 2); ret a + b; end; f 1 }}|{{ f 1 5 }}|{{ 1 | f b: 3 }}", "3|6|4")]
    [InlineData("{{ f(x) = x * 2; [1, 2] | array.each @f }}", "[2, 4]")]
    [InlineData("{{ func f; ret $0 + $.x; end; f 1 x: 2 }}", "3")]
    [InlineData("{{ [3, 4] | array.filter @(do; ret $0 > 3; end) }}", "[4]")]
    [InlineData("a{{ ret 'b' }}c", "ab")]
    [InlineData("{{ a = [1]; a[2] = 3; a.x = 'm'; a }}|{{ a.x }}", "[1, null, 3]|m")]
    public void Statements_do_as_in_Scriban(string template, string expected) => Assert.Equal(expected, Mail.Rendered(template));

    [Theory]
    [InlineData("  {{ 'a\\nb' }}\n", "  a\n  b\n")]
    [InlineData("  {{~ 'a\\nb' }}", "a\nb")]
    [InlineData("{{ func x -}}\nx {{ $0 }}\n{\na\n}\n{{ end -}}\n{\n    {{ x 12 }}\n}", "{\n    x 12\n    {\n    a\n    }\n\n}")]
    [InlineData("{{ func x -}}\nx\n{{~ 'a' }}\ny\n{{ end }}\n    {{ x }}", "\n    x\na\n    y\n")]
    [InlineData("<td>\n    {{ for t in customer.tags; t; \"\\n\"; end }}</td>", "<td>\n    new\n    sale\n</td>")]
    public void Lines_after_the_first_are_indented_like_their_code_block(string template, string expected) =>
        Assert.Equal(expected, Mail.Rendered(template));

    [Fact]
    public void Without_auto_indent_lines_stay_as_they_are()
    {
        var parse = CompiledTemplate.Parse("  {{ 'a\\nb' }}", "text", new TemplateParseOptions { AutoIndent = false });

        Assert.Equal("  a\nb", parse.Template!.Render(Mail.Model()).Text);
    }

    [Fact]
    public void A_function_that_a_template_passes_on_prints_where_it_is_called() =>
        Assert.Equal("<b>x</b>", Mail.Rendered("{{ func bold }}<b>{{ $0 }}</b>{{ end }}{{ 'x' | bold }}"));
}
