using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Kit;

/// <summary>Whoever follows <c>plugins/README.md</c> gets what is built and tested here.</summary>
public sealed class WalkthroughTests
{
    // The walkthrough's plugin lies among the tests, so its suites look for its folder there.
    private const string InPlugins = "Repository.PathOf(\"plugins\", \"Sms.Pigeon\")";
    private const string InTests = "Repository.PathOf(\"tests\", \"Sms.Pigeon\")";

    [Fact]
    public void Every_file_that_the_page_shows_is_one_that_is_compiled_here()
    {
        Assert.True(WalkthroughPage.Files.Count >= 7);
        Assert.All(WalkthroughPage.Files, file => Assert.Equal(File.ReadAllText(WalkthroughPage.RealPath(file.Key)), file.Value));
        Assert.DoesNotContain(WalkthroughPage.OtherBlocks, block => block.Language is "csharp" or "");
    }

    [Fact]
    public void The_connector_is_under_150_lines()
    {
        var code = Directory.GetFiles(Repository.PathOf("tests", "Sms.Pigeon"), "*.cs").SelectMany(File.ReadAllLines).ToList();
        var manifest = File.ReadAllLines(Repository.PathOf("tests", "Sms.Pigeon", "plugin.json"));

        Assert.InRange(code.Count, 1, 149);
        Assert.InRange(code.Concat(manifest).Count(line => line.Length > 0), 1, 149);
        Assert.All(code, line => Assert.InRange(line.Length, 0, 160));
    }

    [Fact]
    public async Task The_template_with_what_the_page_changes_is_the_connector_that_passes_here()
    {
        Assert.Contains(WalkthroughPage.OtherBlocks, block => block.Content.Contains("dotnet new cxo-connector -n Sms.Pigeon\n", StringComparison.Ordinal));
        using var folder = new TemporaryFolder();
        await Template.MakeAsync("Sms.Pigeon", folder);
        foreach (var (path, content) in WalkthroughPage.Files)
            await File.WriteAllTextAsync(folder.PathOf(path), content);

        var made = Directory.GetFiles(folder.PathOf("plugins"), "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(folder.PathOf("tests"), "*", SearchOption.AllDirectories)).Select(file => Path.GetRelativePath(folder.Path, file)).Order().ToList();
        Assert.Equal(Expected().Order(), made);
        Assert.All(made, path => Assert.Equal(
            File.ReadAllText(WalkthroughPage.RealPath(path)).Replace(InTests, InPlugins, StringComparison.Ordinal), File.ReadAllText(folder.PathOf(path))));
    }

    [Fact]
    public async Task What_the_template_makes_builds_and_passes_its_suites_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await Template.MakeAsync("Sms.Acme", folder);

        var output = await Template.TestAsync("Sms.Acme", folder);

        Assert.Matches(@"Failed: +0, Passed: +(4[0-9]|[5-9][0-9]|[0-9]{3,}),", output);
    }

    private static IEnumerable<string> Expected() =>
        Directory.GetFiles(Repository.PathOf("tests", "Sms.Pigeon")).Select(file => Path.Combine("plugins", "Sms.Pigeon", Path.GetFileName(file)))
            .Concat(Directory.GetFiles(Repository.PathOf("tests", "CxOrchestrator.Connectors.Tests", "Sms.Pigeon"))
                .Select(file => Path.Combine("tests", "CxOrchestrator.Connectors.Tests", "Sms.Pigeon", Path.GetFileName(file))));
}
