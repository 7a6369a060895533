using CxOrchestrator.Core.Content.Schema;

namespace CxOrchestrator.Core.Content.Yaml;

/// <summary>A map that was checked against its shape: no unknown key, none twice, none missing.</summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    private MapReader(YamlMap map) => Node = map;

    /// <summary>The map itself.</summary>
    public YamlMap Node { get; }

    /// <summary>The value of a key, or null where it isn't there.</summary>
    public YamlNode? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Checks a node; null, with a fault, where it isn't a map.</summary>
    public static MapReader? Open(YamlNode node, Shape shape, Faults faults)
    {
        if (node is not YamlMap map)
        {
            faults.Add(node, $"Here stands {Kind(node)}, where keys with values belong ({string.Join(", ", shape.Names)}).");
            return null;
        }

        var reader = new MapReader(map);
        foreach (var (key, value) in map.Entries)
        {
            if (!shape.Names.Contains(key.Value, StringComparer.Ordinal))
                faults.Add(key, $"Unknown key '{key.Value}'.{Hint(key.Value, shape)} The keys here are {string.Join(", ", shape.Names)}.");
            else if (!reader._values.TryAdd(key.Value, value))
                faults.Add(key, $"The key '{key.Value}' stands here twice; the first is in line {reader._values[key.Value].Line}. Remove one.");
        }

        foreach (var missing in shape.Keys.Where(key => key.Required && !reader._values.ContainsKey(key.Name)))
            faults.Add(node, $"The key '{missing.Name}' is missing: {missing.Says}");
        return reader;
    }

    /// <summary>What a node is, for a message.</summary>
    public static string Kind(YamlNode node) => node switch
    {
        YamlList => "a list",
        YamlMap => "a map of keys",
        YamlScalar { IsEmpty: true } => "nothing",
        YamlScalar scalar => $"'{(scalar.Value.Length <= 40 ? scalar.Value : scalar.Value[..40] + "...")}'",
        _ => "something else",
    };

    private static string Hint(string word, Shape shape) => Nearest.Hint(word, shape.Names);
}
