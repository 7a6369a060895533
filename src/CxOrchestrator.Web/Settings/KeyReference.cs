namespace CxOrchestrator.Web.Settings;

/// <summary>A key that the settings name and never hold: <c>env:NAME</c> or <c>file:PATH</c>.</summary>
internal static class KeyReference
{
    /// <summary>Shortest key that is taken, in characters: 128 bits in base64 are 22.</summary>
    public const int ShortestKey = 16;

    /// <summary>The key, or null with what is wrong and what to do. The text never holds the key.</summary>
    public static string? Resolve(string? reference, out string fault)
    {
        var key = Read(reference?.Trim() ?? "", out fault);
        if (key is null || key.Length >= ShortestKey)
            return key;
        fault = key.Length == 0
            ? $"'{reference}' is empty; put the key there"
            : $"the key in '{reference}' has fewer than {ShortestKey} characters; make one with: openssl rand -base64 32";
        return null;
    }

    private static string? Read(string reference, out string fault)
    {
        fault = "";
        if (reference.StartsWith("env:", StringComparison.Ordinal))
        {
            var name = reference["env:".Length..];
            if (name.Length > 0 && Environment.GetEnvironmentVariable(name) is { } value)
                return value.Trim();
            fault = $"the environment variable of '{reference}' is not set; set it for this service";
            return null;
        }

        if (reference.StartsWith("file:", StringComparison.Ordinal))
            return ReadFile(reference, out fault);
        // What stands here may be the key itself, so it isn't repeated.
        fault = reference.Length == 0
            ? "is missing; write env:NAME or file:PATH"
            : "is not a reference; write env:NAME or file:PATH, and keep the key itself out of the settings";
        return null;
    }

    private static string? ReadFile(string reference, out string fault)
    {
        fault = "";
        try
        {
            return File.ReadAllText(reference["file:".Length..]).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            fault = $"'{reference}' cannot be read ({exception.GetType().Name}); make the file, readable by this service alone";
            return null;
        }
    }
}
