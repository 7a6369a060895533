using System.CommandLine;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Plugins.Upgrades;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>plugins install</c> and <c>plugins upgrade</c>.</summary>
internal static class PluginsInstallCommand
{
    private const int MostFaults = 20;

    public static Command Build(IAnsiConsole console) =>
        Build(console, "install", "Installs a plugin from its folder, zip file or NuGet package, shows its hash and pins it.", mustBeThere: false);

    public static Command BuildUpgrade(IAnsiConsole console) =>
        Build(console, "upgrade", "Puts a new version of a plugin in: first for a share of the calls, at once with --now.", mustBeThere: true);

    private static Command Build(IAnsiConsole console, string name, string description, bool mustBeThere)
    {
        var source = new Argument<string>("package") { Description = "The folder, zip file or NuGet package with the plugin; plugin.json is at its root, or in one folder of it." };
        var expect = new Option<string?>("--expect-hash") { Description = "Refuse it unless its files have this hash: sha256:..., as the author publishes it." };
        var downgrade = new Option<bool>("--allow-downgrade") { Description = "Take a version that is older than the active one." };
        var share = new Option<double?>("--share") { Description = "Share of the calls that a new version gets first, above 0 and up to 1; default: Plugins:Upgrade:Share of the settings." };
        var now = new Option<bool>("--now") { Description = "Make the version active at once, without a trial." };
        return new Command(name, description) { source, expect, downgrade, share, now }.Does(console, async (parsed, cancellation) =>
        {
            if (parsed.GetValue(now) && parsed.GetValue(share) is not null)
                throw new UserException("--now and --share exclude each other: a version gets all calls at once, or a share of them first.");
            var (_, configuration, _, _) = Installation.Read(Cli.PlaceOf(parsed));
            var request = new InstallRequest
            {
                Source = parsed.GetValue(source)!,
                ExpectHash = parsed.GetValue(expect),
                AllowDowngrade = parsed.GetValue(downgrade),
                Share = parsed.GetValue(share) ?? ShareOf(configuration),
                Now = parsed.GetValue(now),
                MustBeThere = mustBeThere,
            };
            var outcome = await Asked.OfAsync(() => PluginInstaller.Of(configuration, TimeProvider.System).InstallAsync(request, cancellation));
            if (outcome.Hash is { } hash)
                console.WriteLine($"hash    {hash}");
            return outcome.Done is { } done ? Tell(console, done) : Refuse(console, request.Source, outcome.Faults);
        });
    }

    private static double ShareOf(IConfiguration configuration)
    {
        var (options, faults) = UpgradeOptions.Read(configuration);
        return faults.Count == 0 ? options.Share : throw new UserException(string.Join(Environment.NewLine, faults));
    }

    private static int Refuse(IAnsiConsole console, string source, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults.Take(MostFaults))
            console.Say(Color.Red, "refused", $" {fault}");
        if (faults.Count > MostFaults)
            console.WriteLine($"and {Tables.Number(faults.Count - MostFaults, "more fault")}");
        console.WriteLine($"Nothing of {source} was installed.");
        return 1;
    }

    private static int Tell(IAnsiConsole console, InstallDone done)
    {
        var plugin = done.Plugin;
        var about = plugin.Versions[done.Version];
        console.WriteLine($"signed  {about.Signature}");
        if (done.Fingerprint is { } fingerprint)
        {
            console.WriteLine($"        by the certificate with SHA-256 {fingerprint}");
            console.WriteLine("        Checked: the package is what that certificate signed. Not checked: its issuer, revocation and time stamp; compare the SHA-256 with the author's.");
        }

        console.Say(Color.Green, "ok", $"      {done.Id} {done.Version} is {InstalledOutput.Role(plugin, done.Version)}{(done.Changed ? "; its hash is pinned" : " already")}.");
        if (plugin.Candidate?.Version == done.Version)
            console.WriteLine($"{plugin.Active} does the rest. A running service takes the new version up by itself, and takes it back where errors rise.");
        return 0;
    }
}
