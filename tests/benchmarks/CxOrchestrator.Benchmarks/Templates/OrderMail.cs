using System.Net;
using CxOrchestrator.Templating;
using HandlebarsDotNet;

namespace CxOrchestrator.Benchmarks.Templates;

/// <summary>
/// The mail that is measured, in both languages: 5 KB of HTML with ten fields, two conditions and a loop of five items with three fields each. Names and
/// links hold characters that have to be escaped.
/// </summary>
internal static class OrderMail
{
    /// <summary>The mail in our language.</summary>
    public static string Scriban { get; } = Text("order.scriban.html");

    /// <summary>The same mail for Handlebars.Net.</summary>
    public static string Handlebars { get; } = Text("order.handlebars.html");

    /// <summary>What both render: maps and lists of plain values, as the product makes them.</summary>
    public static IReadOnlyDictionary<string, object?> Model { get; } = new Dictionary<string, object?>
    {
        ["subject"] = "Your order A-1001",
        ["customer"] = new Dictionary<string, object?> { ["first_name"] = "Zora", ["last_name"] = "Neale & Sons", ["tier"] = "gold", ["vip"] = true },
        ["order"] = new Dictionary<string, object?>
        {
            ["id"] = "A-1001", ["total"] = 129.90m, ["currency"] = "EUR", ["gift"] = false,
            ["items"] = Enumerable.Range(1, 5).Select(object? (i) => new Dictionary<string, object?>
            {
                ["name"] = $"Mug <blue>, size {i}", ["quantity"] = i, ["price"] = 12.50m + i,
            }).ToList(),
        },
        ["company"] = new Dictionary<string, object?> { ["name"] = "Clay and Kiln", ["city"] = "Vienna" },
        ["links"] = new Dictionary<string, object?> { ["unsubscribe"] = "https://shop.example/u?c=4711&m=order" },
    };

    /// <summary>The same as objects with properties, which Handlebars.Net may like better.</summary>
    public static object Objects { get; } = new
    {
        subject = "Your order A-1001",
        customer = new { first_name = "Zora", last_name = "Neale & Sons", tier = "gold", vip = true },
        order = new
        {
            id = "A-1001", total = 129.90m, currency = "EUR", gift = false,
            items = Enumerable.Range(1, 5).Select(i => new { name = $"Mug <blue>, size {i}", quantity = i, price = 12.50m + i }).ToList(),
        },
        company = new { name = "Clay and Kiln", city = "Vienna" },
        links = new { unsubscribe = "https://shop.example/u?c=4711&m=order" },
    };

    /// <summary>How the product renders an HTML part.</summary>
    public static TemplateRenderOptions Html { get; } = new() { EscapeHtml = true, NullMembersAreNull = true };

    /// <summary>Parses our template.</summary>
    public static CompiledTemplate Parse() => CompiledTemplate.Parse(Scriban, "order/en.html", TemplateParseOptions.Product).Template!;

    /// <summary>Compiles the other; each time anew, nothing is kept by the library.</summary>
    public static HandlebarsTemplate<object, object> Compile() => HandlebarsDotNet.Handlebars.Create().Compile(Handlebars);

    /// <summary>Our text.</summary>
    /// <exception cref="InvalidOperationException">It doesn't render: nothing that follows would mean anything.</exception>
    public static string Render(CompiledTemplate template) =>
        template.Render(Model, Html) is { Ok: true } render ? render.Text : throw new InvalidOperationException("The mail doesn't render.");

    /// <summary>Do both say the same? They spell escaped characters differently (<c>&amp;#39;</c>, <c>&amp;#x27;</c>), browsers read the same.</summary>
    public static bool SameContent(string ours, string theirs) => WebUtility.HtmlDecode(ours) == WebUtility.HtmlDecode(theirs);

    private static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Mails", file));
}
