using System.Globalization;

namespace CxOrchestrator.Templating.Tests;

/// <summary>Models and shortcuts that tests of templates share.</summary>
internal static class Mail
{
    /// <summary>A map of plain values.</summary>
    public static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value);

    /// <summary>A list of plain values.</summary>
    public static List<object?> List(params object?[] items) => [.. items];

    /// <summary>A customer with an order.</summary>
    public static Dictionary<string, object?> Model() => Map(
        ("customer", Map(("name", "Zoë <b>"), ("tier", "gold"), ("points", 1250), ("phone", null), ("tags", List("new", "sale")))),
        ("order", Map(("total", 129.90m), ("placed", new DateTimeOffset(2026, 2, 3, 23, 30, 0, TimeSpan.Zero)),
            ("items", List(Map(("sku", "S1"), ("qty", 2)), Map(("sku", "S2"), ("qty", 10)))))),
        ("n", 7));

    /// <summary>Templates by name for <c>include</c>.</summary>
    public static ITemplateLoader Templates(params (string Name, string Text)[] templates) => new Loader(
        templates.ToDictionary(template => template.Name, template => Parsed(template.Text, template.Name)));

    /// <summary>A template that has to parse.</summary>
    public static CompiledTemplate Parsed(string text, string name = "text")
    {
        var parse = CompiledTemplate.Parse(text, name);
        Assert.True(parse.Ok, string.Join('\n', parse.Messages));
        return parse.Template;
    }

    /// <summary>The text of a template over <see cref="Model"/>, or its error.</summary>
    public static string Rendered(string text, TemplateRenderOptions? options = null, IReadOnlyDictionary<string, object?>? model = null)
    {
        var render = Parsed(text).Render(model ?? Model(), options);
        return render.Ok ? render.Text : render.Error.ToString();
    }

    /// <summary>Where and what a template's first error is, as <c>line,column kind</c>.</summary>
    public static string FirstError(string text, TemplateRenderOptions? options = null)
    {
        var parse = CompiledTemplate.Parse(text, "text");
        if (!parse.Ok) return Place(parse.Messages[0]) + " parse";
        var render = parse.Template.Render(Model(), options);
        return render.Ok ? "none: " + render.Text : Place(render.Error) + " render";
    }

    private static string Place(TemplateMessage message) => string.Create(CultureInfo.InvariantCulture, $"{message.Line},{message.Column}");

    private sealed class Loader(Dictionary<string, CompiledTemplate> templates) : ITemplateLoader
    {
        public CompiledTemplate? Load(string name) => templates.GetValueOrDefault(name);
    }
}
