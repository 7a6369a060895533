using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every plugin's folder promises: its manifest, its settings, its one-page README.</summary>
public abstract partial class PluginSuite
{
    private static readonly JsonSerializerOptions ManifestJson = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The folder with <c>plugin.json</c> and <c>README.md</c>.</summary>
    protected abstract string Folder { get; }

    /// <summary>The plugin.</summary>
    protected abstract IPlugin Plugin { get; }

    /// <summary>Settings that are valid, with a secret in every secret property.</summary>
    protected abstract object ValidSettings { get; }

    private PluginManifest Manifest =>
        JsonSerializer.Deserialize<PluginManifest>(File.ReadAllText(Path.Combine(Folder, "plugin.json")), ManifestJson)!;

    /// <summary>The manifest is one.</summary>
    [Fact]
    public void The_manifest_is_complete_and_names_this_plugin()
    {
        var manifest = Manifest;

        Assert.Matches(IdForm(), manifest.Id);
        Assert.Matches(VersionForm(), manifest.Version);
        Assert.Equal(Plugin.GetType().FullName, manifest.EntryType);
        Assert.Equal(Plugin.GetType().Assembly.GetName().Name + ".dll", manifest.Assembly);
        Assert.Contains(manifest.Assembly, manifest.Assemblies);
        Assert.All(manifest.Assemblies, file => Assert.Equal(Path.GetFileName(file), file));
        Assert.False(string.IsNullOrWhiteSpace(manifest.Name));
        Assert.False(string.IsNullOrWhiteSpace(manifest.Description));
    }

    /// <summary>The plugin says that it works with the SDK that it was built with.</summary>
    [Fact]
    public void The_SDK_range_takes_in_the_SDK_at_hand()
    {
        var range = RangeForm().Match(Manifest.Sdk);
        Assert.True(range.Success, $"'{Manifest.Sdk}' is not of the form [0.1,1.0)");
        var current = System.Version.Parse(SdkVersion.Current);

        Assert.True(System.Version.Parse(range.Groups[1].Value) <= current);
        Assert.True(current < System.Version.Parse(range.Groups[2].Value));
    }

    /// <summary>What is claimed is what is there.</summary>
    [Fact]
    public async Task The_manifest_claims_what_the_connector_can_do()
    {
        var folder = Directory.CreateTempSubdirectory("cxo-suite-");
        try
        {
            await using var connector = Plugin.Connect(new ConnectionContext("under-test", folder.FullName, TimeProvider.System, new RecordingLog()), ValidSettings);
            Assert.Equal(Capabilities.Of(connector.GetType()).Order(), Manifest.Capabilities.Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The host makes the plugin from its type alone.</summary>
    [Fact]
    public void The_entry_type_has_a_public_constructor_without_parameters() =>
        Assert.NotNull(Plugin.GetType().GetConstructor(BindingFlags.Public | BindingFlags.Instance, []));

    /// <summary>A password in a plain string would be logged one day.</summary>
    [Fact]
    public void Whatever_sounds_secret_among_the_settings_is_a_Secret() => Assert.All(
        SettingsProperties().Where(property => SecretWords().IsMatch(property.Name) && property.PropertyType == typeof(string)),
        property => Assert.Fail($"{property.Name} is a string; make it a Secret."));

    /// <summary>A secret doesn't show, whoever prints the settings.</summary>
    [Fact]
    public void Secrets_show_neither_in_text_nor_in_JSON()
    {
        var secrets = SettingsProperties().Where(property => property.PropertyType == typeof(Secret)).ToList();
        foreach (var property in secrets)
        {
            var secret = Assert.IsType<Secret>(property.GetValue(ValidSettings));
            Assert.DoesNotContain(secret.Reveal(), $"{ValidSettings} {secret} {JsonSerializer.Serialize(ValidSettings)}", StringComparison.Ordinal);
        }
    }

    /// <summary>The README's table is the settings class, name by name and default by default.</summary>
    [Fact]
    public void The_README_tells_every_setting_with_its_default()
    {
        var fresh = Activator.CreateInstance(Plugin.SettingsType)!;
        var expected = SettingsProperties().Select(property => (property.Name, Default: Shown(property.GetValue(fresh)))).OrderBy(row => row.Name);
        var table = File.ReadLines(Path.Combine(Folder, "README.md")).SkipWhile(line => !line.StartsWith("| setting", StringComparison.Ordinal))
            .Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())
            .Select(cells => (Name: cells[1].Trim('`'), Default: cells[2].Trim('`'))).OrderBy(row => row.Name);

        Assert.Equal(expected, table);
    }

    private IEnumerable<PropertyInfo> SettingsProperties() => Plugin.SettingsType.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static string Shown(object? value) => value switch
    {
        string text => text,
        System.Collections.ICollection { Count: 0 } => "",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    [GeneratedRegex("^[a-z0-9]+([.-][a-z0-9]+)*$")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex VersionForm();

    [GeneratedRegex(@"^\[(\d+\.\d+(?:\.\d+)?),(\d+\.\d+(?:\.\d+)?)\)$")]
    private static partial Regex RangeForm();

    [GeneratedRegex("password|secret|token|apikey|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWords();
}
