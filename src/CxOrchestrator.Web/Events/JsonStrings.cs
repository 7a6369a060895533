using System.Text.Json;

namespace CxOrchestrator.Web.Events;

/// <summary>
/// JSON text may escape half of a surrogate pair or a NUL. Neither can be kept by every store and read by every template, so they are found here.
/// </summary>
internal static class JsonStrings
{
    /// <summary>The text of a string; false for anything else and for text that isn't Unicode.</summary>
    public static bool TryGet(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = element.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The path of the first string (or name) within that can't be kept, or null where all can.</summary>
    public static string? FirstBad(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return TryGet(element, out var text) && !text.Contains('\0', StringComparison.Ordinal) ? null : path;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, index) => FirstBad(item, $"{path}[{index}]")).FirstOrDefault(bad => bad is not null);
            case JsonValueKind.Object:
                return FirstBadMember(element, path);
            default:
                return null;
        }
    }

    private static string? FirstBadMember(JsonElement element, string path)
    {
        foreach (var member in element.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                return path;
            }

            if (name.Contains('\0', StringComparison.Ordinal))
                return path;
            if (FirstBad(member.Value, $"{path}.{name}") is { } bad)
                return bad;
        }

        return null;
    }
}
