using CxOrchestrator.Connectors.Tests.Kit.Suites;
using CxOrchestrator.Sdk.Testing.Suites;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Kit;

/// <summary>No plugin is left out of the kit.</summary>
public sealed class EveryPluginTests
{
    public static TheoryData<string> Plugins =>
        new(Directory.GetDirectories(Repository.PathOf("plugins")).Where(folder => File.Exists(Path.Combine(folder, "plugin.json"))).Select(folder => Path.GetFileName(folder)!));

    [Theory]
    [MemberData(nameof(Plugins))]
    public void A_plugin_is_held_to_the_suites_by_at_least_30_checks(string plugin)
    {
        var place = Plain($"CxOrchestrator.Connectors.Tests.{plugin}");
        var suites = typeof(EveryPluginTests).Assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsAbstract: false } && Plain(type.Namespace ?? "") == place && IsSuite(type)).ToList();

        Assert.Contains(suites, type => type.IsSubclassOf(typeof(PluginSuite)));
        Assert.InRange(suites.Sum(type => SuiteRun.FactsOf(type).Count()), 30, int.MaxValue);
    }

    // Namespaces of tests follow the plugin's name with its dots or without.
    private static string Plain(string name) => name.Replace(".", "", StringComparison.Ordinal);

    private static bool IsSuite(Type? type) => type is not null && (type.Assembly == typeof(PluginSuite).Assembly || IsSuite(type.BaseType));
}
