using System.Text.Json;
using CxOrchestrator.Plugins.Spelling;

namespace CxOrchestrator.Plugins.Manifest;

/// <summary>The JSON object of a manifest with the line of each key, which collects faults while it is read.</summary>
internal sealed class ManifestJson
{
    private readonly Dictionary<string, (JsonElement Value, int Line)> _values = [];
    private readonly List<string> _faults = [];

    private ManifestJson()
    {
    }

    /// <summary>All faults found so far.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Parses the bytes; what isn't one JSON object, and keys that aren't known or come twice, are faults.</summary>
    public static ManifestJson Parse(ReadOnlySpan<byte> json, IReadOnlyCollection<string> knownKeys)
    {
        var parsed = new ManifestJson();
        try
        {
            parsed.ReadObject(json, knownKeys);
        }
        catch (JsonException malformed)
        {
            parsed._faults.Add($"line {malformed.LineNumber + 1}: not valid JSON at position {malformed.BytePositionInLine + 1}");
        }

        return parsed;
    }

    /// <summary>The text of a key that must be there; null with a fault where it isn't.</summary>
    public string? Text(string key)
    {
        if (!_values.TryGetValue(key, out var found))
        {
            _faults.Add($"the key \"{key}\" is missing");
            return null;
        }

        if (found.Value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(found.Value.GetString()))
            return found.Value.GetString();
        Fault(key, "must be a text that isn't empty");
        return null;
    }

    /// <summary>The text of a key that may be missing.</summary>
    public string? OptionalText(string key) => _values.ContainsKey(key) ? Text(key) : null;

    /// <summary>The texts of a key that must be there and hold at least one; empty with a fault where it doesn't.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (!_values.TryGetValue(key, out var found))
        {
            _faults.Add($"the key \"{key}\" is missing");
            return [];
        }

        if (found.Value.ValueKind != JsonValueKind.Array
            || found.Value.GetArrayLength() == 0
            || found.Value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            Fault(key, "must be a list of texts with at least one");
            return [];
        }

        return [.. found.Value.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>Notes what is wrong with a key's value.</summary>
    public void Fault(string key, string what) => _faults.Add($"line {_values[key].Line}: \"{key}\" {what}");

    private void ReadObject(ReadOnlySpan<byte> json, IReadOnlyCollection<string> knownKeys)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _faults.Add("line 1: a manifest is one JSON object");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var line = json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
            var key = reader.GetString()!;
            reader.Read();
            var value = JsonElement.ParseValue(ref reader);
            if (!knownKeys.Contains(key))
                _faults.Add($"line {line}: unknown key \"{key}\"; {NearestName.Hint(key, knownKeys)}");
            else if (!_values.TryAdd(key, (value, line)))
                _faults.Add($"line {line}: the key \"{key}\" stands there twice");
        }

        // Nothing may follow the object: the reader throws where something does.
        reader.Read();
    }
}
