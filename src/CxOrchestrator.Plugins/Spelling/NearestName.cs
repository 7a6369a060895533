namespace CxOrchestrator.Plugins.Spelling;

/// <summary>Finds what somebody meant to write.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name that is nearest to a written one by edit distance, without regard to case; null where none is within
    /// a third of its length (at least two letters).
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (name, distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault((name: "", distance: int.MaxValue));
        return best.distance <= Math.Max(2, best.name.Length / 3) ? best.name : null;
    }

    /// <summary>The end of an error: what was meant, or else everything that would be right.</summary>
    public static string Hint(string written, IReadOnlyCollection<string> known) => Of(written, known) switch
    {
        { } name => $"did you mean \"{name}\"?",
        null when known.Count == 0 => "there are none",
        null => $"known: {string.Join(", ", known)}",
    };

    // Levenshtein distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
