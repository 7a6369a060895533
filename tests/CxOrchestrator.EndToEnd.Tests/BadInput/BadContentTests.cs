using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.EndToEnd.Tests.BadInput;

/// <summary>Journeys and messages with mistakes: found before they are published, with file, line, column and the nearest thing that there is.</summary>
public sealed class BadContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadContentTests()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("templates"), "*", SearchOption.AllDirectories))
        {
            var copy = _folder.PathOf("templates", Path.GetRelativePath(Repository.PathOf("templates"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_starter_content_has_no_faults()
    {
        var (exitCode, output) = await ValidateAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("No faults in", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typo_in_a_key_is_told_with_line_column_and_the_nearest_key()
    {
        var (line, column) = Replace("journeys/post-delivery-nps.yaml", "touchpoint: delivery", "touchpiont: delivery");

        var (exitCode, output) = await ValidateAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"journeys/post-delivery-nps.yaml:{line}:{column}: error: Unknown key 'touchpiont'. Did you mean 'touchpoint'? The keys here are", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_message_is_told_with_the_nearest_one()
    {
        var (line, column) = Replace("journeys/post-delivery-nps.yaml", "message: nps-invitation", "message: nps-invitatoin");

        var (exitCode, output) = await ValidateAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"journeys/post-delivery-nps.yaml:{line}:{column + "message: ".Length}: error: There is no message 'nps-invitatoin'. Did you mean 'nps-invitation'?", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_would_fail_is_told_with_line_and_column()
    {
        var (line, _) = Replace("messages/nps-invitation/en.txt", "{{ links.survey }}", "{{ links.survey | string.upcaes }}");

        var (exitCode, output) = await ValidateAsync();

        Assert.Equal(1, exitCode);
        Assert.Matches($@"messages/nps-invitation/en\.txt:{line}:\d+: error: .*upcaes", output);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_and_nothing_is_published()
    {
        Replace("journeys/post-delivery-nps.yaml", "wait: 3d", "wait: 3 fortnights");
        Replace("surveys/nps.yaml", "kind: nps", "kind: nsp");
        Replace("journeys/welcome.yaml", "purpose:", "porpose:");

        var (exitCode, output) = await CxoProcess.RunAsync(_folder.Path, "journeys", "publish", "--set", "Content:Folder=templates");

        Assert.Equal(1, exitCode);
        Assert.Contains("journeys/post-delivery-nps.yaml:", output, StringComparison.Ordinal);
        Assert.Contains("surveys/nps.yaml:", output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'purpose'?", output, StringComparison.Ordinal);
        Assert.DoesNotContain("published ", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> ValidateAsync() => CxoProcess.RunAsync(_folder.Path, "journeys", "validate", "templates");

    // Where the replaced text stood, counted from 1.
    private (int Line, int Column) Replace(string file, string old, string with)
    {
        var path = _folder.PathOf("templates", file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no \"{old}\".");
        File.WriteAllText(path, text[..at] + with + text[(at + old.Length)..]);
        var before = text[..at];
        return (before.Count(letter => letter == '\n') + 1, at - before.LastIndexOf('\n'));
    }
}
