using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.HelpdeskZammad.Tickets;

/// <summary>
/// How far the changes are read. Zammad's search index lags and is not in order of time, so each question goes back a little before the newest change seen;
/// what was told already in that stretch is remembered in the cursor.
/// </summary>
/// <param name="Newest">The newest change that was told.</param>
/// <param name="Told">Changes from the overlap before it that were told: id and moment.</param>
internal sealed record ChangeCursor(DateTimeOffset Newest, IReadOnlySet<string> Told)
{
    /// <summary>How far back each question goes.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    /// <summary>Before everything.</summary>
    public static ChangeCursor Beginning { get; } = new(DateTimeOffset.UnixEpoch, new HashSet<string>());

    /// <summary>Where the next question begins.</summary>
    public DateTimeOffset From => Newest - Overlap > DateTimeOffset.UnixEpoch ? Newest - Overlap : DateTimeOffset.UnixEpoch;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="ServiceException">The text is no cursor of ours.</exception>
    public static ChangeCursor Parse(string? text)
    {
        if (text is null)
            return Beginning;
        try
        {
            var told = JsonSerializer.Deserialize<string[]>(text) ?? [];
            return new ChangeCursor(DateTimeOffset.Parse(told[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), told.Skip(1).ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or IndexOutOfRangeException)
        {
            throw new ServiceException("the cursor is not one that this connector gave");
        }
    }

    /// <summary>The cursor after these changes, which come in the order of time.</summary>
    public ChangeCursor After(IReadOnlyList<(string Mark, DateTimeOffset At)> changes)
    {
        if (changes.Count == 0)
            return this;
        var newest = changes.Max(change => change.At) is var last && last > Newest ? last : Newest;
        var told = changes.Where(change => change.At >= newest - Overlap).Select(change => change.Mark).ToHashSet(StringComparer.Ordinal);
        if (newest - Newest < Overlap)
            told.UnionWith(Told);
        return new ChangeCursor(newest, told);
    }

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(Told.Order(StringComparer.Ordinal).Prepend(Newest.ToString("O", CultureInfo.InvariantCulture)));
}
