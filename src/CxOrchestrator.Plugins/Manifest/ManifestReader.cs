using System.Text.RegularExpressions;
using CxOrchestrator.Plugins.Spelling;
using CxOrchestrator.Sdk;
using NuGet.Versioning;

namespace CxOrchestrator.Plugins.Manifest;

/// <summary>Reads <c>plugin.json</c> strictly: what isn't known or can't be understood is a fault, and all faults are told at once.</summary>
internal static partial class ManifestReader
{
    /// <summary>The name of the file in a plugin's folder.</summary>
    public const string FileName = "plugin.json";

    private const int MaxIdLength = 100;

    private static readonly string[] Keys =
        ["id", "name", "version", "sdk", "assembly", "entryType", "capabilities", "assemblies", "description"];

    /// <summary>Reads the bytes of a manifest.</summary>
    public static ManifestReading Read(ReadOnlySpan<byte> json)
    {
        // Editors on Windows like to put a byte order mark first.
        var content = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        var source = ManifestJson.Parse(content, Keys);
        if (source.Faults.Any(fault => fault.Contains("JSON", StringComparison.Ordinal)))
            return new ManifestReading(null, null, null, source.Faults);

        var id = Id(source);
        var name = source.Text("name");
        var version = Version(source);
        var sdk = SdkRange(source);
        var assembly = source.Text("assembly");
        var entryType = source.Text("entryType");
        var capabilities = CapabilitiesOf(source);
        var assemblies = source.Texts("assemblies");
        var description = source.OptionalText("description");
        if (source.Faults.Count > 0)
            return new ManifestReading(null, id, name, source.Faults);

        var manifest = new PluginManifest
        {
            Id = id!,
            Name = name!,
            Version = version!,
            Sdk = sdk!,
            Assembly = assembly!,
            EntryType = entryType!,
            Capabilities = capabilities,
            Assemblies = assemblies,
            Description = description,
        };
        return new ManifestReading(manifest, id, name, []);
    }

    /// <summary>True for what may be an id of a plugin.</summary>
    public static bool IsId(string id) => id.Length <= MaxIdLength && IdFormat().IsMatch(id);

    private static string? Id(ManifestJson source)
    {
        var id = source.Text("id");
        if (id is null || IsId(id))
            return id;
        source.Fault("id", $"is \"{id}\": an id has lower-case letters and digits, parted by dots or dashes, such as \"email.smtp\"");
        return null;
    }

    private static string? Version(ManifestJson source)
    {
        var version = source.Text("version");
        if (version is not null && !SemanticVersion.TryParse(version, out _))
            source.Fault("version", $"is \"{version}\": a version is like \"1.0.0\" (SemVer 2.0)");
        return version;
    }

    private static string? SdkRange(ManifestJson source)
    {
        var range = source.Text("sdk");
        if (range is null)
            return null;
        if (!VersionRange.TryParse(range, allowFloating: false, out var parsed))
            source.Fault("sdk", $"is \"{range}\": a version range is like \"[0.1,1.0)\"");
        else if (!parsed.Satisfies(NuGetVersion.Parse(SdkVersion.Current)))
            source.Fault("sdk", $"is \"{range}\": the plugin does not work with this host's SDK {SdkVersion.Current}");
        return range;
    }

    private static List<Capability> CapabilitiesOf(ManifestJson source)
    {
        var known = Enum.GetNames<Capability>();
        var capabilities = new List<Capability>();
        foreach (var name in source.Texts("capabilities"))
        {
            // By name alone: Enum.Parse would take numbers and lists too. Authors write emailSender as well as EmailSender.
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                source.Fault("capabilities", $"has \"{name}\", which is none; {NearestName.Hint(name, known)}");
            else if (Enum.Parse<Capability>(name, ignoreCase: true) is var capability && capabilities.Contains(capability))
                source.Fault("capabilities", $"has \"{name}\" twice");
            else
                capabilities.Add(capability);
        }

        return capabilities;
    }

    [GeneratedRegex(@"^[a-z0-9]+([.-][a-z0-9]+)*\z")]
    private static partial Regex IdFormat();
}
