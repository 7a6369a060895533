using System.Reflection;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>Finds descriptions: files of an admin's, and those that come with the plugin.</summary>
internal static class DescriptionFiles
{
    // A description is a page or two.
    private const int MostBytes = 1024 * 1024;

    private static readonly Assembly Own = typeof(DescriptionFiles).Assembly;

    /// <summary>Names of the descriptions that come with the plugin.</summary>
    public static IReadOnlyList<string> Names => [.. Own.GetManifestResourceNames().Order(StringComparer.Ordinal)];

    /// <summary>Reads a description by path or by name.</summary>
    public static (ServiceDescription? Description, IReadOnlyList<string> Faults) Read(string description)
    {
        var (text, fault) = Text(description);
        return text is null ? (null, [fault!]) : DescriptionReader.Read(text);
    }

    private static (string? Text, string? Fault) Text(string description)
    {
        using var own = Own.GetManifestResourceStream(description);
        if (own is not null)
            return (new StreamReader(own).ReadToEnd(), null);
        try
        {
            var file = new FileInfo(description);
            if (!file.Exists)
                return (null, $"there is no file {description}, and none of the plugin's own is called so: {string.Join(", ", Names)}");
            return file.Length > MostBytes ? (null, $"{description} is larger than {MostBytes} bytes") : (File.ReadAllText(description), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"{description} can't be read: {unreadable.Message}");
        }
    }
}
