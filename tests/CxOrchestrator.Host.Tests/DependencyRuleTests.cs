using System.Xml.Linq;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Host.Tests;

/// <summary>
/// plugins → Sdk ← Core ← {Storage, Plugins, Engine, Web} ← Host; Core → Templating. The four in the middle meet only through Core.
/// </summary>
public sealed class DependencyRuleTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CxOrchestrator.Sdk"] = [],
        ["CxOrchestrator.Templating"] = [],
        ["CxOrchestrator.Sdk.Testing"] = ["CxOrchestrator.Sdk"],
        ["CxOrchestrator.Sdk.Mail"] = ["CxOrchestrator.Sdk"],
        ["CxOrchestrator.Core"] = ["CxOrchestrator.Sdk", "CxOrchestrator.Templating"],
        ["CxOrchestrator.Storage"] = ["CxOrchestrator.Core"],
        ["CxOrchestrator.Plugins"] = ["CxOrchestrator.Core"],
        ["CxOrchestrator.Engine"] = ["CxOrchestrator.Core"],
        ["CxOrchestrator.Web"] = ["CxOrchestrator.Core"],
        ["CxOrchestrator.Host"] = ["CxOrchestrator.Storage", "CxOrchestrator.Plugins", "CxOrchestrator.Engine", "CxOrchestrator.Web"],
    };

    // A package that only one project may use, and that project.
    private static readonly Dictionary<string, string> Homes = new()
    {
        ["Quartz"] = "CxOrchestrator.Engine",
        ["Microsoft.Data.Sqlite"] = "CxOrchestrator.Storage",
        ["Npgsql"] = "CxOrchestrator.Storage",
        ["Spectre.Console"] = "CxOrchestrator.Host",
        ["System.CommandLine"] = "CxOrchestrator.Host",
        ["Azure.Security.KeyVault.Secrets"] = "CxOrchestrator.Plugins",
    };

    [Fact]
    public void Every_project_refers_only_to_those_that_the_design_allows()
    {
        var faults = Projects("src").SelectMany(project => References(project, "ProjectReference")
            .Where(reference => !Allowed.GetValueOrDefault(NameOf(project), []).Contains(reference))
            .Select(reference => $"{NameOf(project)} refers to {reference}"));
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_project_of_the_product_is_in_the_rule() =>
        Assert.Equal(Allowed.Keys.Order(), Projects("src").Select(NameOf).Order());

    [Fact]
    public void A_plugin_refers_to_the_sdk_and_to_libraries_that_it_carries_and_to_nothing_of_the_host()
    {
        var plugins = Projects("plugins").ToList();
        Assert.NotEmpty(plugins);
        Assert.All(plugins, plugin => Assert.Equal(["CxOrchestrator.Sdk"], References(plugin, "ProjectReference").Except(["CxOrchestrator.Sdk.Mail", "CxOrchestrator.Templating"])));
    }

    [Fact]
    public void Quartz_and_each_database_driver_appear_in_one_project()
    {
        var faults = Projects("src").Concat(Projects("plugins")).SelectMany(project => References(project, "PackageReference")
            .Where(package => Homes.TryGetValue(package, out var home) && home != NameOf(project))
            .Select(package => $"{NameOf(project)} uses {package}, which belongs to {Homes[package]}"));
        Assert.Empty(faults);
    }

    [Fact]
    public void The_template_language_depends_on_nothing() =>
        Assert.Empty(References(Projects("src").Single(project => NameOf(project) == "CxOrchestrator.Templating"), "PackageReference"));

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            .Where(project => !project.Contains("/template/", StringComparison.Ordinal));

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    // The host builds the plugins with a glob and refers to none of their assemblies; a glob names no project here.
    private static IEnumerable<string> References(string project, string kind) => XDocument.Load(project)
        .Descendants(kind)
        .Where(element => (string?)element.Attribute("ReferenceOutputAssembly") != "false")
        .Select(element => Path.GetFileNameWithoutExtension((string?)element.Attribute("Include") ?? "").Length == 0
            ? ""
            : kind == "ProjectReference" ? Path.GetFileNameWithoutExtension((string)element.Attribute("Include")!) : (string)element.Attribute("Include")!);
}
