namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Splits a list into rounds in which each key stands once. One statement changes a row once; what is said twice about a row is said in
/// statements of their own, in order. Nearly always there is one round.
/// </summary>
internal static class Rounds
{
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> items, params Func<T, object?>[] keys)
    {
        if (items.Count == 0)
            return [];
        var rounds = new List<List<T>>();
        var last = keys.Select(_ => new Dictionary<object, int>()).ToArray();
        foreach (var item in items)
        {
            var own = keys.Select(key => key(item)).ToArray();
            var round = 0;
            for (var i = 0; i < keys.Length; i++)
            {
                if (own[i] is { } key && last[i].TryGetValue(key, out var before))
                    round = Math.Max(round, before + 1);
            }

            for (var i = 0; i < keys.Length; i++)
            {
                if (own[i] is { } key)
                    last[i][key] = round;
            }

            while (rounds.Count <= round)
                rounds.Add([]);
            rounds[round].Add(item);
        }

        return rounds;
    }
}
