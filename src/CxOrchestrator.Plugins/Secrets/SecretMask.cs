using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// Knows every secret of every connection and takes them out of texts, as they are and as services like to echo them: escaped
/// for a URL or JSON, in hex or in Base64, and cut off in the middle. One for the whole host, since a plugin's connections share
/// its statics.
/// </summary>
public sealed partial class SecretMask
{
    private const string Dots = "••••••";

    // As much of a long secret as may be shown: services and we ourselves cut texts off, and a secret with them.
    private const int Fragment = 12;

    private const int MostPassing = 16;

    private readonly Lock _gate = new();
    private readonly Queue<string> _passing = [];
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private volatile KnownSecrets _known = new([], Fragment);

    /// <summary>From now on this value is masked.</summary>
    public void Add(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.IsEmpty)
            return;
        lock (_gate)
        {
            if (_values.Add(secret.Reveal()))
                _known = new KnownSecrets([.. _values], Fragment);
        }
    }

    /// <summary>As <see cref="Add"/>, for a secret that lives for an hour or so: only the newest of these are kept, or a year's would slow down every text.</summary>
    public void AddPassing(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.IsEmpty)
            return;
        lock (_gate)
        {
            if (!_values.Add(secret.Reveal()))
                return;
            _passing.Enqueue(secret.Reveal());
            if (_passing.Count > MostPassing)
                _values.Remove(_passing.Dequeue());
            _known = new KnownSecrets([.. _values], Fragment);
        }
    }

    /// <summary>The text with dots where a secret or a large part of one stood, and where credentials stand in a header's way.</summary>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = _known;
        return WithoutCredentials(WithoutFragments(Replaced(text, known.Forms, known.AnyForm), known));
    }

    /// <summary>
    /// What a service told of customers and tickets, with dots where a long secret or a large part of one stood. A short one stays, since it
    /// may be a customer's own word.
    /// </summary>
    internal string InData(string text)
    {
        var known = _known;
        return WithoutCredentials(WithoutFragments(Replaced(text, known.LongForms, known.AnyLongForm), known));
    }

    private static string Replaced(string text, string[] forms, SearchValues<string> any)
    {
        if (!text.AsSpan().ContainsAny(any))
            return text;
        foreach (var form in forms)
            text = text.Replace(form, Dots, StringComparison.Ordinal);
        return text;
    }

    private static string WithoutFragments(string text, KnownSecrets known)
    {
        StringBuilder? safe = null;
        var copied = 0;
        for (var at = 0; at + Fragment <= text.Length; at++)
        {
            if (!known.HasFragment(text.AsSpan(at, Fragment)))
                continue;
            var end = at + Fragment;
            while (end < text.Length && known.HasFragment(text.AsSpan(end - Fragment + 1, Fragment)))
                end++;
            safe = (safe ?? new StringBuilder()).Append(text, copied, at - copied).Append(Dots);
            copied = end;
            at = end - 1;
        }

        return safe is null ? text : safe.Append(text, copied, text.Length - copied).ToString();
    }

    private static string WithoutCredentials(string text) => HeaderCredentials().Replace(text, $"$1 {Dots}");

    // Tokens that a connector was given at run time, and did not tell of, are known to nobody else.
    [GeneratedRegex(@"\b(Basic|Bearer|AUTH PLAIN|AUTH LOGIN|AUTH XOAUTH2)\s+[A-Za-z0-9+/=._~-]{16,}", RegexOptions.IgnoreCase)]
    private static partial Regex HeaderCredentials();
}
