using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>One map of a description, read strictly: what is not taken is an unknown key. Faults say where.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _faults;
    private readonly string _place;

    private YamlMap(string place, List<string> faults)
    {
        _place = place;
        _faults = faults;
    }

    /// <summary>The names of its members, in order.</summary>
    public IEnumerable<string> Names => _members.Keys;

    /// <summary>Reads a node as a map.</summary>
    public static YamlMap Of(YamlNode? node, string place, List<string> faults)
    {
        var map = new YamlMap(place, faults);
        if (node is YamlMappingNode mapping)
        {
            foreach (var (key, value) in mapping.Children)
                map._members[((YamlScalarNode)key).Value ?? ""] = (key, value);
        }
        else if (node is not null)
        {
            faults.Add($"{At(node.Start)}: {place} must be a map");
        }

        return map;
    }

    /// <summary>A member's place in the description, for faults within it.</summary>
    public string PlaceOf(string name) => _place.Length == 0 ? name : $"{_place}.{name}";

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>A member that is a map; an empty one where it is missing.</summary>
    public YamlMap Map(string name) => Of(Take(name), PlaceOf(name), _faults);

    /// <summary>A member's node; null where it is missing.</summary>
    public YamlNode? Take(string name)
    {
        _asked.Add(name);
        return _members.TryGetValue(name, out var member) ? member.Value : null;
    }

    /// <summary>A member that is a text; the default where it is missing.</summary>
    public string Text(string name, string otherwise = "", bool required = false)
    {
        switch (Take(name))
        {
            case YamlScalarNode scalar:
                return scalar.Value ?? otherwise;
            case null:
                if (required)
                    _faults.Add($"{_place}: \"{name}\" is missing");
                return otherwise;
            case var other:
                _faults.Add($"{At(other.Start)}: {PlaceOf(name)} must be a text");
                return otherwise;
        }
    }

    /// <summary>A member that is one of some words.</summary>
    public string Choice(string name, string otherwise, params string[] words)
    {
        var text = Text(name, otherwise);
        if (words.Contains(text))
            return text;
        Fault(name, $"is \"{text}\", and must be {string.Join(", ", words)}");
        return otherwise;
    }

    /// <summary>A member that is an expression; null where it is missing.</summary>
    public Value? Expression(string name, bool required = false) => Value(name, always: true, required);

    /// <summary>A member that is a value: constant, template or expression; null where it is missing.</summary>
    public Value? Template(string name) => Value(name, always: false, required: false);

    /// <summary>A member that is a map of values.</summary>
    public List<KeyValuePair<string, Value>> Values(string name, bool always = false)
    {
        var map = Map(name);
        var values = map.Names.Select(one => KeyValuePair.Create(one, map.Value(one, always, required: true)!)).ToList();
        return values;
    }

    /// <summary>The items of a member that is a list; none where it is missing.</summary>
    public IEnumerable<YamlNode> List(string name)
    {
        var node = Take(name);
        if (node is null or YamlSequenceNode)
            return (node as YamlSequenceNode)?.Children ?? [];
        Fault(name, "must be a list");
        return [];
    }

    /// <summary>Tells a fault of a member.</summary>
    public void Fault(string name, string what) =>
        _faults.Add(_members.TryGetValue(name, out var member) ? $"{At(member.Key.Start)}: {PlaceOf(name)} {what}" : $"{PlaceOf(name)} {what}");

    /// <summary>Tells the members that nobody asked for.</summary>
    public void End()
    {
        foreach (var (name, member) in _members.Where(member => !_asked.Contains(member.Key)))
            _faults.Add($"{At(member.Key.Start)}: {PlaceOf(name)} is not known; known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
    }

    private Value? Value(string name, bool always, bool required)
    {
        switch (Take(name))
        {
            case YamlScalarNode { Style: ScalarStyle.Plain } scalar when !always && Constant(scalar.Value) is { Known: true } constant:
                return Description.Value.Constant(constant.Value);
            case YamlScalarNode scalar:
                var value = Description.Value.Parse(scalar.Value ?? "", PlaceOf(name), always, out var fault);
                if (fault is not null)
                    _faults.Add($"{At(scalar.Start)}: {PlaceOf(name)}: {fault}");
                return value;
            case null:
                if (required)
                    _faults.Add($"{_place}: \"{name}\" is missing");
                return required ? Description.Value.Constant(null) : null;
            case var other:
                _faults.Add($"{At(other.Start)}: {PlaceOf(name)} must be one value");
                return Description.Value.Constant(null);
        }
    }

    /// <summary>What a plain word stands for in YAML's core schema, where it isn't a text.</summary>
    public static (bool Known, object? Value) Constant(string? text) => text switch
    {
        null or "" or "null" or "~" => (true, null),
        "true" => (true, true),
        "false" => (true, false),
        _ when long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) => (true, number),
        _ => (false, null),
    };

    private static string At(Mark mark) => FormattableString.Invariant($"line {mark.Line}, column {mark.Column}");
}
