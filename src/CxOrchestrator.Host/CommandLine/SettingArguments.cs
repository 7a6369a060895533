using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins.Settings;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Settings of a connection as words of a call, turned into configuration keys.</summary>
internal static class SettingArguments
{
    /// <summary>Reads <c>Name=Value</c>; names that the plugin doesn't know are left for its own check, which tells what was meant.</summary>
    /// <exception cref="UserException">A word has no equals sign.</exception>
    public static Dictionary<string, string?> Read(IEnumerable<string> words, IReadOnlyList<SettingDescription> form)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                // The word isn't repeated: it may be a secret that was meant for elsewhere.
                throw new UserException("--set takes a setting and its value, such as --set Host=smtp.example.com");
            }

            Add(settings, form, word[..at], word[(at + 1)..]);
        }

        return settings;
    }

    /// <summary>Adds a setting: a list becomes one key an item.</summary>
    public static void Add(Dictionary<string, string?> settings, IReadOnlyList<SettingDescription> form, string name, string value)
    {
        var setting = form.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        var items = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        switch (setting?.Kind)
        {
            case SettingKind.Texts:
                for (var place = 0; place < items.Length; place++)
                    settings[$"{setting.Name}:{place}"] = items[place];
                break;
            case SettingKind.TextsByName:
                foreach (var item in items.Select(item => item.Split('=', 2, StringSplitOptions.TrimEntries)))
                    settings[$"{setting.Name}:{item[0]}"] = item.Length > 1 ? item[1] : "";
                break;
            default:
                settings[setting?.Name ?? name] = value;
                break;
        }
    }
}
