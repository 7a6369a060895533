namespace CxOrchestrator.Engine.Intake;

/// <summary>Finds the known name that somebody probably meant.</summary>
internal static class NearestName
{
    // Longer names would cost more to compare than the hint is worth.
    private const int LongestName = 100;

    /// <summary>The known name with the fewest letters to change, where that is at most a third of it; else null.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
            return null;
        var nearest = known.Select(one => (Name: one, Distance: Distance(name, one)))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Name is { } found && nearest.Distance <= Math.Max(2, found.Length / 3) ? found : null;
    }

    // Levenshtein's distance, without regard to case.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
