using FsCheck;
using FsCheck.Fluent;

namespace CxOrchestrator.Templating.Tests.Properties;

public sealed class LanguageProperties
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", "\n", " ", "text", "if", "else", "end", "for", "in", "while", "case", "when",
        "func", "f", "do", "ret", "capture", "with", "import", "readonly", "tablerow", "wrap", "break", "continue", "include", "this", "null",
        "true", "x", "customer", "n", "$0", "$x", "$", "$$", "1", "2.5", "1e3", "0x1f", "'a'", "\"b\"", "`c`", "$'", "{", "}", "(", ")", "[",
        "]", ",", ":", ";", ".", "?.", "?", "??", "?!", "|", "+", "-", "*", "/", "//", "%", "++", "--", "=", "+=", "==", "!=", "<", "<=", ">",
        "&&", "||", "!", "@", "^", "..", "..<", "...", "#", "##", "\\", "string.upcase", "array.sort", "math.round", "date.now", "limit:2",
        "reversed", "&", "é", "\u2028", "\ud83d",
    ];

    private static readonly Gen<string> Text = Gen.Elements(Pieces).ArrayOf().Select(pieces => string.Join("", pieces));

    private static readonly Gen<string> Code = Gen.Elements(Pieces).ArrayOf().Select(pieces => "{{ " + string.Join(" ", pieces) + " }}");

    private static readonly Gen<string> Templates =
        Gen.OneOf(Text, Code, Expressions.Source.Select(e => $"{{{{ {e} }}}}"), ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));

    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60);

    [Fact]
    public void Parsing_any_text_never_throws() => Check.One(Settings, Prop.ForAll(Templates.ToArbitrary(), text =>
    {
        var parse = CompiledTemplate.Parse(text, "text", TemplateParseOptions.Product);
        var errors = parse.Messages.Count(message => message.Severity == TemplateSeverity.Error);
        CompiledExpression.Parse(text, "text");
        return parse.Ok == (errors == 0) && parse.Messages.All(message => message.Line >= 1 && message.Column >= 1);
    }));

    [Fact]
    public void Rendering_any_parsed_template_ends_within_its_limits() => Check.One(Settings, Prop.ForAll(Templates.ToArbitrary(), text =>
    {
        if (CompiledTemplate.Parse(text, "text").Template is not { } template) return true;
        var options = new TemplateRenderOptions { OutputLimit = 10_000, StepLimit = 10_000, EscapeHtml = true };
        var render = template.Render(Mail.Model(), options);
        _ = template.Variables.Count + template.Includes.Count;
        return render.Ok ? render.Text.Length <= 10_000 : render.Error.Line >= 1;
    }));

    [Fact]
    public void Printing_and_parsing_an_expression_again_keeps_its_value() => Check.One(Settings, Prop.ForAll(Expressions.Source.ToArbitrary(), text =>
    {
        var parse = CompiledExpression.Parse(text, "text");
        Assert.True(parse.Ok, $"{text}: {string.Join('\n', parse.Messages)}");
        var printed = parse.Expression.ToString();
        var again = CompiledExpression.Parse(printed, "text");
        Assert.True(again.Ok, $"{text} => {printed}: {string.Join('\n', again.Messages)}");
        Assert.Equal(Outcome(parse.Expression), Outcome(again.Expression));
        return again.Expression.ToString() == printed;
    }));

    private static string Outcome(CompiledExpression expression)
    {
        var model = Mail.Model();
        var result = expression.Evaluate(model, new TemplateRenderOptions { OutputLimit = 10_000 });
        if (result.Error is not null) return "error";
        model["value"] = result.Value;
        return Mail.Rendered("{{ value | object.kind }}: {{ value }}", null, model);
    }
}
