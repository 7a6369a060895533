using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>The book as JSON, read strictly: unknown keys, keys that come twice and what doesn't fit together are faults.</summary>
internal static class InstalledJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        // It is a file for people, no web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="InvalidDataException">Every fault, with the file's name.</exception>
    public static InstalledState Read(byte[] json, string file)
    {
        InstalledState state;
        try
        {
            state = JsonSerializer.Deserialize<InstalledState>(json, Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException(
                $"{file}, line {(malformed.LineNumber ?? 0) + 1}: {malformed.Message} Put the file right, or back from a backup.", malformed);
        }

        return Checked(state, file);
    }

    /// <exception cref="InvalidDataException">What should be written has faults.</exception>
    public static byte[] Write(InstalledState state, string file) => JsonSerializer.SerializeToUtf8Bytes(Checked(state, file), Options);

    private static InstalledState Checked(InstalledState state, string file)
    {
        var faults = InstalledRules.Check(state);
        return faults.Count == 0
            ? state
            : throw new InvalidDataException($"{file}: {string.Join("; ", faults)}. Put the file right, or back from a backup.");
    }
}
