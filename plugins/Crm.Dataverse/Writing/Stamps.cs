using System.Globalization;
using CxOrchestrator.Plugins.CrmDataverse.Tables;

namespace CxOrchestrator.Plugins.CrmDataverse.Writing;

/// <summary>
/// Which change wrote what of a person last: a line for each thing, <c>score 2026-03-02T12:00:00.0000000Z 3fa94c1b</c>. A try that comes late finds a newer
/// line, and leaves what stands; the same change again finds its own.
/// </summary>
internal sealed class Stamps
{
    private readonly Dictionary<string, (DateTimeOffset At, string Mark)> _lines = new(StringComparer.Ordinal);

    private Stamps()
    {
    }

    /// <summary>Reads a column; lines that are none of ours are left out.</summary>
    public static Stamps Read(string? text)
    {
        var stamps = new Stamps();
        foreach (var line in (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            if (parts.Length == 3 && DateTimeOffset.TryParse(parts[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                stamps._lines[parts[0]] = (at, parts[2]);
        }

        return stamps;
    }

    /// <summary>Takes a change of a thing, where nothing newer stands and it isn't there already.</summary>
    public bool Take(string thing, DateTimeOffset at, string key)
    {
        var mark = RowIds.Mark(key);
        if (_lines.TryGetValue(thing, out var line) && (line.At > at || (line.At == at && line.Mark == mark)))
            return false;
        _lines[thing] = (at, mark);
        return true;
    }

    /// <summary>The column's text.</summary>
    public override string ToString() => string.Join(
        '\n', _lines.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => $"{line.Key} {line.Value.At.UtcDateTime:O} {line.Value.Mark}"));
}
