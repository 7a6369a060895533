using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Tests.Content;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Tests.Schema;

/// <summary>
/// The reference on disk says what the code does. To write its tables anew: run the tests with the variable CXO_WRITE_SCHEMAS=1 set.
/// </summary>
public sealed partial class TemplateReferenceTests
{
    private const string Path = "README.md";

    public static TheoryData<string, string, string> Examples()
    {
        var examples = new TheoryData<string, string, string>();
        var blocks = Blocks().Where(block => !IsPart(block)).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Kind.StartsWith("scriban", StringComparison.Ordinal))
                examples.Add(blocks[i].Text, $"{blocks[i].Kind}, {blocks[i + 1].Kind}", blocks[i + 1].Text);
        }

        return examples;
    }

    [Fact]
    public void The_tables_on_disk_are_current()
    {
        var text = Repository.Template(Path);
        if (Environment.GetEnvironmentVariable("CXO_WRITE_SCHEMAS") == "1")
            Repository.WriteTemplate(Path, TemplateReference.Fill(text));
        Assert.Equal(TemplateReference.Fill(text), Repository.Template(Path));
    }

    [Fact]
    public void A_table_that_is_missing_or_unknown_is_told()
    {
        Assert.Contains("variables", Assert.Throws<FormatException>(() => TemplateReference.Fill("no table")).Message, StringComparison.Ordinal);
        Assert.Contains("'nope'", Assert.Throws<FormatException>(() =>
            TemplateReference.Fill(Repository.Template(Path) + "<!-- table nope --><!-- end of table -->")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_block_is_an_example_with_its_outcome_or_the_model()
    {
        var blocks = Blocks().Where(block => !IsPart(block)).ToList();
        Assert.Equal("json model", blocks[0].Kind);
        Assert.All(blocks.Skip(1).Where((_, i) => i % 2 == 0), block => Assert.Contains(block.Kind, (string[])["scriban", "scriban html"]));
        Assert.All(blocks.Skip(1).Where((_, i) => i % 2 == 1), block => Assert.Contains(block.Kind, (string[])["text", "warning", "error", "dead", "check"]));
        Assert.True(blocks.Count >= 25 && blocks.Count % 2 == 1, $"{blocks.Count} blocks");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_what_the_reference_says(string template, string kinds, string outcome)
    {
        var isHtml = kinds.StartsWith("scriban html", StringComparison.Ordinal);
        var parse = CompiledTemplate.Parse(template, "example", TemplateParseOptions.Product);
        var messages = parse.Messages;
        var rendering = parse.Template?.Render(Model(), Options() with { EscapeHtml = isHtml, Loader = Parts(isHtml) });
        var actual = kinds.Split(", ")[1] switch
        {
            "text" => rendering?.Text ?? Told([.. messages, .. (TemplateMessage[])[rendering!.Error!]]),
            "warning" => Told(messages),
            "check" => Checked(template, isHtml),
            "dead" => Told(parse.Template!.DeadCode),
            _ => rendering?.Error is { } error ? Told([error]) : Told(messages),
        };
        Assert.Equal(outcome, actual.TrimEnd('\n'));
    }

    private static string Told(IEnumerable<TemplateMessage> messages) =>
        string.Join('\n', messages.Select(message => string.Create(CultureInfo.InvariantCulture, $"{message.Line}:{message.Column}: {message.Text}")));

    // Parts that are wrong on purpose are for the example that follows them.
    private static string Checked(string template, bool isHtml)
    {
        var files = new Dictionary<string, string>
        {
            ["messages/example/en.subject"] = "Example", ["messages/example/en.txt"] = "Example", [$"messages/example/en.{(isHtml ? "html" : "txt")}"] = template,
        };
        foreach (var part in PartsOf(Blocks(), template))
            files[part.Key] = part.Value;
        return string.Join('\n', Publisher.Check(files, AContent.Rules, AContent.Now));
    }

    private static IncludableParts Parts(bool isHtml) =>
        ContentFolder.Load(PartsOf(Blocks(), null), "en").Parts.In("de", isHtml ? PartVariety.Html : PartVariety.Text);

    // Those before an example, or all.
    private static Dictionary<string, string> PartsOf(IEnumerable<(string Kind, string Text)> blocks, string? example) => blocks
        .TakeWhile(block => example is null || block.Text != example).Where(IsPart).ToDictionary(block => block.Kind.Split(' ')[1], block => block.Text);

    private static bool IsPart((string Kind, string Text) block) => block.Kind.Contains(" parts/", StringComparison.Ordinal);

    // As messages are rendered for a customer.
    private static TemplateRenderOptions Options()
    {
        var customer = (IReadOnlyDictionary<string, object?>)Model()["customer"]!;
        return new TemplateRenderOptions
        {
            Culture = CultureInfo.GetCultureInfo((string)customer["locale"]!),
            TimeZone = Zones.Find((string)customer["time_zone"]!).Zone,
            NullMembersAreNull = true,
        };
    }

    private static Dictionary<string, object?> Model()
    {
        var model = new Dictionary<string, object?>(Json.ToMap(JsonSerializer.Deserialize<JsonElement>(Blocks()[0].Text)));
        var fact = new Dictionary<string, object?>((IReadOnlyDictionary<string, object?>)model["event"]!);
        fact["time"] = DateTimeOffset.Parse((string)fact["time"]!, CultureInfo.InvariantCulture);
        model["event"] = fact;
        return model;
    }

    private static List<(string Kind, string Text)> Blocks() =>
        [.. Fence().Matches(Repository.Template(Path)).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex("^```([a-z ./]+)\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
