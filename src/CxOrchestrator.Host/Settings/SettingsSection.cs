using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Host.Settings;

/// <summary>
/// One section of the settings, read strictly: what can't be read is a fault with the value and what to write instead, and so is every key that
/// nobody asked for.
/// </summary>
internal sealed class SettingsSection(IConfigurationSection section, List<string> faults)
{
    private readonly List<string> _known = [];

    /// <summary>Where it stands, for faults.</summary>
    public string Path => section.Path;

    public string Text(string key, string fallback = "") => Raw(key) ?? fallback;

    public int Whole(string key, int fallback, int lowest, int highest) =>
        Read(key, fallback, $"a whole number from {lowest} to {highest}",
            text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest
                ? (true, value) : default);

    public double Number(string key, double fallback, double above) =>
        Read(key, fallback, $"a number above {above.ToString(CultureInfo.InvariantCulture)}",
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > above && double.IsFinite(value)
                ? (true, value) : default);

    public bool YesNo(string key, bool fallback) =>
        Read(key, fallback, "true or false", text => bool.TryParse(text, out var value) ? (true, value) : default);

    public DateTimeOffset? Moment(string key) =>
        Read<DateTimeOffset?>(key, null, "a time such as 2026-11-21T09:00:00Z",
            text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? (true, value) : default);

    public TimeOnly? TimeOfDay(string key, TimeOnly? fallback)
    {
        if (Raw(key) is { Length: 0 })
            return null;
        return Read(key, fallback, "a time of day such as 21:00, or \"\" for none",
            text => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? (true, (TimeOnly?)value) : default);
    }

    public TimeZoneInfo Zone(string key, string fallback) =>
        Read(key, TimeZoneInfo.FindSystemTimeZoneById(fallback), "an IANA time zone such as Asia/Bangkok",
            text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? (true, zone) : default);

    public Uri Address(string key, string fallback) =>
        Read(key, new Uri(fallback), "an address such as https://cx.example.com",
            text => Uri.TryCreate(text, UriKind.Absolute, out var value) && value.Scheme is "http" or "https" ? (true, value) : default);

    /// <summary>A duration, or null for <paramref name="never"/>.</summary>
    public Duration? Duration(string key, string fallback, string never) =>
        Read(key, null, $"a duration such as {fallback}, or \"{never}\"",
            text => text == never ? (true, null) : DurationText.TryParse(text, out var value, out _) ? (true, value) : default, fallback);

    /// <summary>A time by the clock between two, a day being 24 hours; null where nothing is written, or what is wrong.</summary>
    public TimeSpan? Span(string key, TimeSpan least, TimeSpan most, string whatToWrite) =>
        Read<TimeSpan?>(key, null, whatToWrite,
            text => DurationText.TryParse(text, out var value, out _) && !value.CountsBusiness && TimeSpan.FromDays(value.Days) + value.Clock is var span
                && span >= least && span <= most ? (true, span) : default);

    /// <summary>A number of months from 1, or null for "never".</summary>
    public int? Months(string key, int highest) =>
        Read<int?>(key, null, $"1 to {highest} months such as \"24 months\", or \"never\"",
            text => text == "never" ? (true, null)
                : text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, "month" or "months"]
                    && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var months) && months >= 1 && months <= highest ? (true, months) : default);

    public IReadOnlyList<T> List<T>(string key, string whatToWrite, Func<string, (bool Ok, T Value)> parse, params T[] fallback)
    {
        _known.Add(key);
        var children = section.GetSection(key).GetChildren().ToList();
        if (children.Count == 0)
            return fallback;
        var values = new List<T>();
        foreach (var child in children)
        {
            var (ok, value) = parse(child.Value ?? "");
            if (ok)
                values.Add(value);
            else
                faults.Add($"{child.Path} is \"{child.Value}\": write {whatToWrite}");
        }

        return values;
    }

    /// <summary>The items of a list of sections, in the order of the file.</summary>
    public IReadOnlyList<SettingsSection> Sections(string key)
    {
        _known.Add(key);
        var list = section.GetSection(key);
        if (list.Value is { Length: > 0 } text)
            faults.Add($"{list.Path} is \"{text}\": write a list");
        return [.. list.GetChildren().Select(child => new SettingsSection(section.GetSection($"{key}:{child.Key}"), faults))];
    }

    /// <summary>The sections within it, whose keys are names.</summary>
    public IReadOnlyList<(string Name, SettingsSection Section)> Named()
    {
        var children = section.GetChildren().ToList();
        _known.AddRange(children.Select(child => child.Key));
        foreach (var plain in children.Where(child => child.Value is not null))
            faults.Add($"{plain.Path} is \"{plain.Value}\": write a section with settings of its own");
        return [.. children.Where(child => child.Value is null).Select(child => (child.Key, new SettingsSection(section.GetSection(child.Key), faults)))];
    }

    /// <summary>The values of a section whose keys are data, each with its path.</summary>
    public IReadOnlyList<(string Path, T Value)> Map<T>(string key, string whatToWrite, Func<string, string, (T? Value, string? Fault)> parse)
    {
        _known.Add(key);
        var values = new List<(string, T)>();
        foreach (var child in section.GetSection(key).GetChildren())
        {
            var (value, fault) = parse(child.Key, child.Value ?? "");
            if (fault is null)
                values.Add((child.Path, value!));
            else
                faults.Add($"{child.Path} is \"{child.Value}\": {fault}; write {whatToWrite}");
        }

        return values;
    }

    /// <summary>Whether something is written under a key.</summary>
    public bool Has(string key) => section.GetSection(key).Exists();

    /// <summary>Names keys that somebody else reads.</summary>
    public SettingsSection Leave(params string[] keys)
    {
        _known.AddRange(keys);
        return this;
    }

    /// <summary>Makes every key that nobody asked for a fault.</summary>
    public void NothingElse()
    {
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            faults.Add($"{child.Path} is not a setting.{Nearest.Hint(child.Key, _known)}");
    }

    private string? Raw(string key)
    {
        _known.Add(key);
        return section[key];
    }

    private T Read<T>(string key, T fallback, string whatToWrite, Func<string, (bool Ok, T Value)> parse, string? fallbackText = null)
    {
        var text = Raw(key);
        if (string.IsNullOrEmpty(text))
            text = fallbackText;
        if (text is null)
            return fallback;
        var (ok, value) = parse(text);
        if (ok)
            return value;
        faults.Add($"{section.Path}:{key} is \"{text}\": write {whatToWrite}");
        return fallback;
    }
}
