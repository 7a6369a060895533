using System.Globalization;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire;

/// <summary>Values as they stand in addresses.</summary>
internal static class ODataText
{
    /// <summary>A text between apostrophes, escaped for a query.</summary>
    public static string Literal(string text) => Uri.EscapeDataString($"'{text.Replace("'", "''", StringComparison.Ordinal)}'");

    /// <summary>An id, as all addresses have it: unquoted.</summary>
    public static string Id(Guid id) => id.ToString("D");

    /// <summary>A moment in UTC, as bodies have it.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A condition that one column has one of several ids.</summary>
    public static string AnyOf(string column, IEnumerable<Guid> ids) => string.Join("%20or%20", ids.Select(id => $"{column}%20eq%20{id:D}"));

    /// <summary>What stands below the Web API's root in a link that the service gave, to the letter: its host may be another than a gateway's.</summary>
    public static string Below(string root, string link)
    {
        var at = link.IndexOf(root, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
            return link[(at + root.Length)..];
        // A gateway may have put a path of its own before the API's.
        at = link.IndexOf("/api/data/v9.2/", StringComparison.OrdinalIgnoreCase);
        return at >= 0 ? link[(at + "/api/data/v9.2/".Length)..] : link;
    }

    /// <summary>The id in <c>.../contacts(guid)</c>.</summary>
    public static Guid? IdAtEnd(string? address)
    {
        var open = address?.LastIndexOf('(') ?? -1;
        return open >= 0 && address!.EndsWith(')') && Guid.TryParse(address.AsSpan(open + 1, address.Length - open - 2), out var id) ? id : null;
    }
}
