using System.Globalization;

namespace CxOrchestrator.Benchmarks;

/// <summary>The options of a command line, <c>--name value</c>.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">A name has no value, or a value no name.</exception>
    public Options(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i += 2)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == words.Count)
                throw new FormatException($"'{words[i]}': options are written --name value.");
            _given[words[i]] = words[i + 1];
        }
    }

    /// <summary>A number of at least <paramref name="least"/>.</summary>
    /// <exception cref="FormatException">It is none, or less.</exception>
    public double Number(string name, double otherwise, double least)
    {
        if (Text(name) is not { } text) return otherwise;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number >= least))
            throw new FormatException($"{name} {text}: a number of at least {least} is needed.");
        return number;
    }

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    /// <exception cref="FormatException">It is none, or less.</exception>
    public long Whole(string name, long otherwise, long least = 1)
    {
        if (Text(name) is not { } text) return otherwise;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least)
            throw new FormatException($"{name} {text}: a whole number of at least {least} is needed.");
        return number;
    }

    /// <summary>A text, or null where it isn't given.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        return _given.GetValueOrDefault(name);
    }

    /// <summary>Refuses options that nobody asked for; call it after the last one was read.</summary>
    /// <exception cref="FormatException">There is one.</exception>
    public void RefuseOthers()
    {
        if (_given.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } unknown)
            throw new FormatException($"{unknown} isn't an option here; there are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
    }
}
