using System.Text.Json;
using CxOrchestrator.Host.CommandLine;
using CxOrchestrator.TestKit;
using Spectre.Console;

namespace CxOrchestrator.Host.Tests.CommandLine;

/// <summary>An installation in a folder of its own, and calls of the command line on it.</summary>
internal sealed class Calls : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Calls(object? settings = null) =>
        File.WriteAllText(SettingsFile, JsonSerializer.Serialize(settings ?? new { Connections = new[] { new { Name = "sandbox", Plugin = "sandbox" } } }));

    public string Folder => _folder.Path;

    public string SettingsFile => _folder.PathOf("appsettings.json");

    /// <summary>Exit code and output of a call.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 500;
        var exitCode = await Cli.RunAsync([.. arguments, "--settings", SettingsFile], console);
        return (exitCode, output.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
