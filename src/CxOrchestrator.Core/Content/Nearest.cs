namespace CxOrchestrator.Core.Content;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary><c> Did you mean 'x'?</c> with a space before it, or nothing where no candidate is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        Of(word, candidates) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>
    /// The candidate with the fewest insertions, removals, changes and swaps of neighbours (optimal string alignment) from the word, or null where that
    /// is more than a third of its length and more than two.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="candidates">What there is.</param>
    /// <param name="most">At most so many differences; null for a third of the word's length, but at least two.</param>
    public static string? Of(string word, IEnumerable<string> candidates, int? most = null)
    {
        // No name is this long, and the cost grows with the product of the lengths.
        if (word.Length is 0 or > 100)
            return null;
        return candidates.Where(candidate => candidate.Length is > 0 and <= 100)
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.Distance <= (most ?? Math.Max(2, word.Length / 3)) && pair.Distance < Math.Max(pair.Candidate.Length, 2))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate).FirstOrDefault();
    }

    private static int Distance(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var row = 0; row <= from.Length; row++)
            table[row, 0] = row;
        for (var column = 0; column <= to.Length; column++)
            table[0, column] = column;
        for (var row = 1; row <= from.Length; row++)
        {
            for (var column = 1; column <= to.Length; column++)
            {
                var change = from[row - 1] == to[column - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(table[row - 1, column], table[row, column - 1]) + 1, table[row - 1, column - 1] + change);
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1])
                    best = Math.Min(best, table[row - 2, column - 2] + 1);
                table[row, column] = best;
            }
        }

        return table[from.Length, to.Length];
    }
}
