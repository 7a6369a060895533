using System.Globalization;

namespace CxOrchestrator.Plugins.CrmDataverse.Feeds;

/// <summary>
/// How far a feed has come: for each table the link that comes next, to the letter, and when it was given. Text of one line a table:
/// <c>table moment link</c>.
/// </summary>
internal sealed class FeedCursor
{
    private readonly Dictionary<string, (DateTimeOffset Given, string Link)> _links = new(StringComparer.Ordinal);

    /// <summary>Reads a cursor; one that is none of ours begins anew.</summary>
    public static FeedCursor Read(string? text)
    {
        var cursor = new FeedCursor();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 3);
            if (parts.Length == 3 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                cursor._links[parts[0]] = (DateTimeOffset.FromUnixTimeSeconds(seconds), parts[2]);
        }

        return cursor;
    }

    /// <summary>The link of a table, and when it was given; null where it begins.</summary>
    public (DateTimeOffset Given, string Link)? Of(string table) => _links.TryGetValue(table, out var link) ? link : null;

    /// <summary>Goes on to another link; null begins anew.</summary>
    public void Set(string table, string? link, DateTimeOffset given)
    {
        if (link is null)
            _links.Remove(table);
        else
            _links[table] = (given, link);
    }

    /// <summary>The text to keep.</summary>
    public override string ToString() => string.Join(
        '\n', _links.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value.Given.ToUnixTimeSeconds()} {pair.Value.Link}")));
}
