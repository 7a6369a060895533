using System.Collections;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Host.Settings;

/// <summary>
/// Finds the one settings file: the one that is named, else <c>appsettings.json</c> in the current folder, else the copy beside the executable.
/// Environment variables such as <c>CXO_Data__Folder</c> override it.
/// </summary>
public static class SettingsFile
{
    private const string Prefix = "CXO_";

    // What stands for the colon between a section and a setting, since shells take no colon in a name.
    private const string Separator = "__";

    /// <summary>The file's path, and the folder that relative paths in it are meant from.</summary>
    /// <exception cref="FileNotFoundException">The named file does not exist.</exception>
    public static (string File, string BaseFolder) Find(string? named)
    {
        var current = Directory.GetCurrentDirectory();
        if (named is not null)
        {
            var path = Path.GetFullPath(named, current);
            if (!File.Exists(path))
                throw new FileNotFoundException($"The settings file {path} does not exist; name one that does with --settings.", path);
            return (path, Path.GetDirectoryName(path)!);
        }

        var here = Path.Combine(current, "appsettings.json");
        return File.Exists(here) ? (here, current) : (Path.Combine(AppContext.BaseDirectory, "appsettings.json"), current);
    }

    /// <summary>All sources together; the last one wins.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON; the message says where.</exception>
    public static IConfigurationRoot Load(string file, IEnumerable<KeyValuePair<string, string?>>? overrides = null)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(file, optional: false, reloadOnChange: false)
                .AddInMemoryCollection(LastOfEach(FromEnvironment()))
                .AddInMemoryCollection(LastOfEach(overrides ?? []))
                .Build();
        }
        catch (Exception error) when (error is InvalidDataException or FormatException)
        {
            var inner = error.InnerException?.Message ?? error.Message;
            throw new InvalidDataException($"{file} can't be read: {inner}", error);
        }
    }

    // The same key may be said twice, as where the demo has a folder of its own; a collection takes each once.
    private static IEnumerable<KeyValuePair<string, string?>> LastOfEach(IEnumerable<KeyValuePair<string, string?>> pairs) =>
        pairs.GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Last());

    // Every setting stands in a section. A variable that names none, such as CXO_KEY_SHOP, holds a key that the settings point to, or is another's.
    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value))
            .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && variable.Name.Contains(Separator, StringComparison.Ordinal))
            .Select(variable => new KeyValuePair<string, string?>(
                variable.Name[Prefix.Length..].Replace(Separator, ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), variable.Value));
}
