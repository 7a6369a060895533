using System.CommandLine;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Plugins.Settings;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>plugins remove</c>.</summary>
internal static class PluginsRemoveCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var id = new Argument<string>("id") { Description = "The plugin's id." };
        return new Command("remove", "Removes an installed plugin with all its versions; one that came with the program is in force again.") { id }
            .Does(console, async (parsed, cancellation) =>
            {
                var (_, configuration, _, _) = Installation.Read(Cli.PlaceOf(parsed));
                var name = parsed.GetValue(id)!;
                var installer = PluginInstaller.Of(configuration, TimeProvider.System);
                var bundled = installer.IsBundled(name);
                var users = ConfiguredConnection.Read(configuration)
                    .Where(connection => connection.Enabled && string.Equals(connection.PluginId, name, StringComparison.OrdinalIgnoreCase))
                    .Select(connection => connection.Name)
                    .ToList();
                if (users.Count > 0 && !bundled)
                    throw new UserException($"The plugin {name} is used by {string.Join(", ", users)}: switch off what uses it first, with cxo connections disable \"{users[0]}\"");
                if (!await Asked.OfAsync(() => installer.RemoveAsync(name, cancellation)))
                    throw new UserException($"The plugin {name} is not installed{(bundled ? ": it came with the program; Plugins:Disabled in the settings keeps it from being loaded" : "; see cxo plugins list")}.");
                console.Say(Color.Green, "ok", $"      {name} is removed{(bundled ? "; the version that came with the program is in force again" : "")}. A running service lets go of it by itself.");
                return 0;
            });
    }
}
