using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>The verbs that check a content folder and publish nothing.</summary>
internal static class ContentCheck
{
    /// <summary>A verb that tells all faults of a folder; exit code 1 where one is an error.</summary>
    public static Command Command(string name, string description, IAnsiConsole console)
    {
        var folder = new Argument<string?>("folder") { Description = "The content folder; default: that of the settings.", Arity = ArgumentArity.ZeroOrOne };
        return new Command(name, description) { folder }.Does(console, async (parsed, _) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            var path = parsed.GetValue(folder) is { } named ? Path.GetFullPath(named) : installation.Settings.Core.ContentFolder;
            var faults = Publisher.Check(ContentFiles.Read(path),
                installation.Services.GetRequiredService<ContentRules>(), installation.Services.GetRequiredService<Clocks>().Now);
            Publishing.Tell(console, faults);
            console.WriteLine(faults.Count == 0 ? $"No faults in {path}." : $"{Publishing.Count(faults)} in {path}.");
            return faults.Any(fault => !fault.IsWarning) ? 1 : 0;
        });
    }
}
