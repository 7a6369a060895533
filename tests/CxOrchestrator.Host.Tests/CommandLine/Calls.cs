using System.Reflection;
using System.Text.Json;
using CxOrchestrator.Host.CommandLine;
using CxOrchestrator.TestKit;
using Spectre.Console;

namespace CxOrchestrator.Host.Tests.CommandLine;

/// <summary>An installation in a folder of its own, and calls of the command line on it.</summary>
internal sealed class Calls : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Calls(object settings) => File.WriteAllText(SettingsFile, JsonSerializer.Serialize(settings));

    /// <summary>The plugins as the host's build lays them out.</summary>
    public static string BundledPlugins { get; } = Repository.PathOf(
        "src", "CxOrchestrator.Host", "bin",
        typeof(Calls).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration, "net10.0", "plugins");

    /// <summary>The content that a new installation begins with.</summary>
    public static string StarterContent { get; } = Repository.PathOf("templates");

    public string Folder => _folder.Path;

    public string SettingsFile => _folder.PathOf("appsettings.json");

    /// <summary>Exit code and output of a call.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunAsync(arguments, typed: null);

    /// <summary>Exit code and output of a call whose questions are answered by these lines.</summary>
    public Task<(int ExitCode, string Output)> TypeAsync(string[] lines, params string[] arguments) => RunAsync(arguments, lines);

    private async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, string[]? typed)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = typed is null ? InteractionSupport.No : InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 500;
        var exitCode = await Cli.RunAsync([.. arguments, "--settings", SettingsFile], typed is null ? console : new TypedConsole(console, typed));
        return (exitCode, output.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
