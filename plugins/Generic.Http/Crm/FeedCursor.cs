using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Crm;

/// <summary>
/// How far a feed that is ordered by a moment is read. Questions ask for that moment and later, since several records may share it, and one may change
/// twice in it; those of it that were told are remembered by id and content.
/// </summary>
/// <param name="Since">The moment of the last record, as the service writes it.</param>
/// <param name="Told">Marks of the records of that moment that were told.</param>
internal sealed record FeedCursor(string Since, IReadOnlySet<string> Told)
{
    /// <exception cref="ServiceException">The text is no cursor of ours.</exception>
    public static FeedCursor Parse(string? text, string from)
    {
        if (text is null)
            return new FeedCursor(from, new HashSet<string>());
        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(text)!;
            return new FeedCursor(parts[0], parts.Skip(1).ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception wrong) when (wrong is JsonException or IndexOutOfRangeException or ArgumentNullException or NullReferenceException)
        {
            throw new ServiceException("the cursor is not one that this connector gave");
        }
    }

    /// <summary>The cursor after these records, which come in the order of their moment.</summary>
    public FeedCursor After(IReadOnlyList<(string Mark, string Since)> told)
    {
        if (told.Count == 0)
            return this;
        var last = told[^1].Since;
        var same = told.Where(one => one.Since == last).Select(one => one.Mark);
        return new FeedCursor(last, (last == Since ? same.Concat(Told) : same).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What a record is remembered by.</summary>
    public static string MarkOf(string id, object? record) =>
        $"{id}@{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlainValues.ToJson(record)?.ToJsonString() ?? "")))[..16]}";

    public override string ToString() => JsonSerializer.Serialize(Told.Order(StringComparer.Ordinal).Prepend(Since));
}
