using System.Buffers;
using System.Collections.Frozen;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>What is looked for in texts, made ready for looking.</summary>
internal sealed class KnownSecrets
{
    // A shorter value may be a customer's own word, and a part of it any word.
    private const int ShortestLong = 16;

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _fragments;
    private readonly bool _any;

    /// <summary>Makes the forms of these values, and the parts of the long ones.</summary>
    /// <param name="values">The secrets.</param>
    /// <param name="fragment">Length of a part, in characters.</param>
    public KnownSecrets(IReadOnlyCollection<string> values, int fragment)
    {
        // The longest first, so that a secret that holds another leaves no rest.
        Forms = LongestFirst(values);
        LongForms = LongestFirst(values.Where(value => value.Length >= ShortestLong));
        AnyForm = SearchValues.Create(Forms, StringComparison.Ordinal);
        AnyLongForm = SearchValues.Create(LongForms, StringComparison.Ordinal);
        var fragments = LongForms
            .SelectMany(form => Enumerable.Range(0, Math.Max(0, form.Length - fragment + 1)).Select(at => form.Substring(at, fragment)))
            .ToFrozenSet(StringComparer.Ordinal);
        _any = fragments.Count > 0;
        _fragments = fragments.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Every form of every secret, the longest first.</summary>
    public string[] Forms { get; }

    /// <summary>Every form of the secrets that can't be anybody's own words.</summary>
    public string[] LongForms { get; }

    /// <summary>Finds whether a text holds one of <see cref="Forms"/>.</summary>
    public SearchValues<string> AnyForm { get; }

    /// <summary>Finds whether a text holds one of <see cref="LongForms"/>.</summary>
    public SearchValues<string> AnyLongForm { get; }

    /// <summary>True for a part of a long secret, of the length that parts have.</summary>
    public bool HasFragment(ReadOnlySpan<char> part) => _any && _fragments.Contains(part);

    private static string[] LongestFirst(IEnumerable<string> values) =>
        [.. values.SelectMany(SecretForms.Of).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
}
