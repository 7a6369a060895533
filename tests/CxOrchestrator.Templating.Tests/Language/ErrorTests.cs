namespace CxOrchestrator.Templating.Tests.Language;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("{{ if }}x{{ end }}", "1,7")]
    [InlineData("{{ end }}", "1,6")]
    [InlineData("{{ for x of n }}{{ end }}", "1,4")]
    [InlineData("{{ [1, }}", "1,8")]
    [InlineData("a\n{{ (1 + 2 }}", "2,11")]
    [InlineData("{{ if a = 1 }}{{ end }}", "1,7")]
    [InlineData("{{ if true }}", "1,12")]
    [InlineData("{{ 1 +", "1,6")]
    [InlineData("{{ 'abc", "1,7")]
    [InlineData("{{ 'a\\q' }}", "1,7")]
    [InlineData("{{ $'{1' }}", "1,11")]
    [InlineData("{{ 1e+ }}", "1,7")]
    [InlineData("{{ 0x }}", "1,6")]
    [InlineData("{{ func f(a = 1, b); end }}", "1,18")]
    [InlineData("{{ while.last }}", "1,4")]
    [InlineData("{{ capture (1 + 2) }}x{{ end }}", "1,12")]
    [InlineData("{{ capture f(1) }}x{{ end }}", "1,12")]
    [InlineData("{{ 1e9999 }}", "1,4")]
    [InlineData("a {%{ b", "1,3")]
    public void What_cant_be_parsed_is_told_at_its_place(string template, string place) =>
        Assert.Equal(place + " parse", Mail.FirstError(template));

    [Theory]
    [InlineData("{{ wrap f }}x{{ end }}", "wrap", "1,4")]
    [InlineData("{{ f ^[1] }}", "^", "1,6")]
    [InlineData("{{ '1' | object.eval }}", "object.eval", "1,10")]
    [InlineData("{{ object.eval_template 'x' }}", "object.eval_template", "1,4")]
    [InlineData("{{ math.random 1 2 }}", "math.random", "1,4")]
    [InlineData("{{ math.uuid }}", "math.uuid", "1,4")]
    [InlineData("{{ 'x' | string.hmac_sha1 'k' }}", "string.hmac_sha1", "1,10")]
    public void What_is_left_out_is_a_parse_error_that_names_it(string template, string construct, string place)
    {
        var message = Assert.Single(CompiledTemplate.Parse(template, "text").Messages);

        Assert.Contains($"`{construct}`", message.Text, StringComparison.Ordinal);
        Assert.Equal(place, $"{message.Line},{message.Column}");
    }

    [Fact]
    public void What_is_left_out_cant_be_reached_by_another_way() =>
        Assert.Equal("1,14 render", Mail.FirstError("{{ x = math; x.uuid }}"));

    [Theory]
    [InlineData("{{ nope.x }}", "1,9")]
    [InlineData("{{ nope[0] }}", "1,4")]
    [InlineData("a\n  {{ customer.phone.area }}", "2,21")]
    [InlineData("{{ nope 1 }}", "1,4")]
    [InlineData("{{ n | n }}", "1,8")]
    [InlineData("{{ math.round 'x' }}", "1,15")]
    [InlineData("{{ 'x' | math.round }}", "1,4")]
    [InlineData("{{ '5' - 1 }}", "1,8")]
    [InlineData("{{ 1 // 0 }}", "1,6")]
    [InlineData("{{ 'a' * 'b' }}", "1,4")]
    [InlineData("{{ 'a' * [1] }}", "1,10")]
    [InlineData("{{ array.cycle }}", "1,15")]
    [InlineData("{{ string.slice 'a' }}", "1,20")]
    [InlineData("{{ string.upcase 'a' 'b' }}", "1,4")]
    [InlineData("{{ string.upcase x: 'a' }}", "1,18")]
    [InlineData("{{ readonly n; n = 1 }}", "1,16")]
    [InlineData("{{ readonly n; with customer; n = 1; end }}", "1,31")]
    [InlineData("{{ break }}", "1,4")]
    [InlineData("{{ include 'nope' }}", "1,4")]
    [InlineData("{{ 'a' | regex.match '(' }}", "1,22")]
    [InlineData("{{ 1 | math.format 'N2' 'xx-nope' }}", "1,25")]
    [InlineData("{{ date.now }}", "1,4")]
    [InlineData("{{ for x in n; end }}", "1,13")]
    public void What_fails_while_rendering_is_told_at_its_place(string template, string place) =>
        Assert.Equal(place + " render", Mail.FirstError(template));

    [Theory]
    [InlineData("{{ \"\\\"\\ud83d\\\"\" | object.from_json }}")]
    [InlineData("{{ `\"\\ud83d\"` | object.from_json }}")]
    [InlineData("{{ '[1' | object.from_json }}")]
    public void What_isnt_JSON_is_told_so_half_characters_too(string template) =>
        Assert.StartsWith("text(1,4) : error : This isn't JSON: ", Mail.Rendered(template), StringComparison.Ordinal);

    [Fact]
    public void All_faults_of_a_template_are_told_at_once()
    {
        var parse = CompiledTemplate.Parse("{{ if }}\n{{ 1 + }}\n{{ for x }}{{ end }}{{ end }}\n{{ ) }}", "text");

        Assert.False(parse.Ok);
        Assert.Equal(["1,7", "2,8", "3,4", "4,4"], parse.Messages.Select(message => $"{message.Line},{message.Column}"));
    }

    [Fact]
    public void A_message_prints_as_Scriban_prints_it() =>
        Assert.Equal("text(1,4) : error : `break` can only be used inside a loop.", Mail.Rendered("{{ break }}"));

    [Fact]
    public void An_error_in_an_included_template_carries_its_name()
    {
        var options = new TemplateRenderOptions { Loader = Mail.Templates(("inner", "x\n{{ nope.y }}")) };

        var error = Mail.Parsed("{{ include 'inner' }}").Render(Mail.Model(), options).Error!;

        Assert.Equal(("inner", 2, 9), (error.Source, error.Line, error.Column));
    }
}
