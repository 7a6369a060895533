using System.Collections.Frozen;
using System.Globalization;

namespace CxOrchestrator.Core;

/// <summary>A locale that was looked for.</summary>
/// <param name="Tag">The BCP 47 tag in its usual case, or what it fell back on.</param>
/// <param name="Problem">Why it is not what was asked for; null where the locale is known.</param>
public sealed record LocaleMatch(string Tag, string? Problem)
{
    /// <summary>Whether the locale that was asked for is known.</summary>
    public bool Known => Problem is null;

    /// <summary>Its formats of dates and numbers.</summary>
    public CultureInfo Culture => CultureInfo.GetCultureInfo(Tag);
}

/// <summary>Finds locales by their BCP 47 tags: a known language, perhaps with a script and a known region.</summary>
public static class Locales
{
    private static readonly FrozenSet<string> Languages = CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Select(culture => culture.Name.Split('-')[0]).Where(name => name.Length > 0).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Regions = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .SelectMany(culture => culture.Name.Split('-')[1..]).Where(IsRegion).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Finds a locale. Case and <c>_</c> are put right (<c>pt_br</c> is <c>pt-BR</c>). A known language with an unknown rest gives the language alone, and
    /// anything else the fallback, both with the reason.
    /// </summary>
    /// <param name="tag">What was written; may be null or empty.</param>
    /// <param name="fallback">A known tag.</param>
    public static LocaleMatch Find(string? tag, string fallback = "en")
    {
        var text = (tag?.Trim() ?? "").Replace('_', '-');
        if (text.Length == 0)
            return new LocaleMatch(fallback, $"no language is given; {fallback} is taken");
        var parts = text.Split('-');
        if (text.Length > 35 || !Languages.Contains(parts[0]))
            return new LocaleMatch(fallback, $"'{Shown(text)}' is no known language (a tag such as pt-BR is needed); {fallback} is taken");

        var language = parts[0].ToLowerInvariant();
        var next = 1;
        var known = language;
        if (next < parts.Length && parts[next].Length == 4 && parts[next].All(char.IsAsciiLetter))
            known += "-" + char.ToUpperInvariant(parts[next][0]) + parts[next++][1..].ToLowerInvariant();
        if (next < parts.Length && IsRegion(parts[next]) && Regions.Contains(parts[next]))
            known += "-" + parts[next++].ToUpperInvariant();
        return next == parts.Length
            ? new LocaleMatch(known, null)
            : new LocaleMatch(language, $"'{Shown(text)}' has no known script or region after its language; {language} is taken");
    }

    /// <summary>
    /// The best of the languages that there are for a locale: the exact one, then with less and less of its tag (<c>zh-Hans-CN</c>, <c>zh-Hans</c>,
    /// <c>zh</c>), then another variant of the same language; null where none is of that language.
    /// </summary>
    public static string? Best(IEnumerable<string> available, string locale)
    {
        var there = available as IReadOnlyCollection<string> ?? [.. available];
        for (var tag = locale; tag.Length > 0; tag = tag.Contains('-', StringComparison.Ordinal) ? tag[..tag.LastIndexOf('-')] : "")
        {
            if (there.FirstOrDefault(one => one.Equals(tag, StringComparison.OrdinalIgnoreCase)) is { } match)
                return match;
        }

        var language = locale.Split('-')[0] + "-";
        return there.Where(one => one.StartsWith(language, StringComparison.OrdinalIgnoreCase)).Min(StringComparer.Ordinal);
    }

    private static bool IsRegion(string part) =>
        (part.Length == 2 && part.All(char.IsAsciiLetter)) || (part.Length == 3 && part.All(char.IsAsciiDigit));

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
