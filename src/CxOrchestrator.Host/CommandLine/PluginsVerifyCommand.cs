using System.CommandLine;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins.Installed;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>plugins verify</c>: what lies there is what was installed; exit code 1 where it isn't.</summary>
internal static class PluginsVerifyCommand
{
    public static Command Build(IAnsiConsole console) =>
        new Command("verify", "Compares the files of every installed plugin with the hash that was pinned, and checks its manifest; exit code 1 where something is wrong.")
            .Does(console, (parsed, _) =>
            {
                var (_, configuration, _, _) = Installation.Read(Cli.PlaceOf(parsed));
                var book = InstalledOutput.BookOf(configuration);
                var checks = Asked.Of(() => InstalledCheck.All(book));
                foreach (var check in checks)
                {
                    if (check.Faults.Count == 0)
                        console.Say(Color.Green, "ok", $"      {check.Id} {check.Version}");
                    foreach (var fault in check.Faults)
                        console.Say(Color.Red, "fault", $"   {check.Id} {check.Version}: {fault}");
                }

                var broken = checks.Count(check => check.Faults.Count > 0);
                console.WriteLine(broken == 0
                    ? $"{Tables.Number(checks.Count, "installed version")}, nothing changed since. (Plugins that came with the program are not pinned.)"
                    : $"{Tables.Number(broken, "installed version")} with faults: see who changed it; cxo plugins remove ID and install it again.");
                return Task.FromResult(broken == 0 ? 0 : 1);
            });
}
