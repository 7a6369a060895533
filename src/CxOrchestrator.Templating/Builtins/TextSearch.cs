using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>Looks for text in text, and replaces it.</summary>
internal static class TextSearch
{
    /// <summary><c>string.index_of</c>.</summary>
    public static object? IndexOf(RenderContext context, CallArguments arguments)
    {
        var text = arguments.TextOrEmpty(context, 0);
        var search = arguments.TextOrEmpty(context, 1);
        var start = arguments[2] is null ? 0 : arguments.Integer(context, 2);
        if (start < 0 || start > text.Length) throw new ArgumentFault(2, $"The start has to be from 0 to {text.Length}, not {start}.");
        var count = arguments[3] is null ? text.Length - start : arguments.Integer(context, 3);
        if (count < 0 || count > text.Length - start)
            throw new ArgumentFault(3, $"The number of characters has to be from 0 to {text.Length - start}, not {count}.");
        var rules = StringComparison.Ordinal;
        if (arguments.Text(context, 4) is { } name && !(Enum.TryParse(name, true, out rules) && Enum.IsDefined(rules)))
            throw new ArgumentFault(4, $"`{name}` is no comparison. Known: {string.Join(", ", Enum.GetNames<StringComparison>())}.");
        // Looking for text by the rules of a culture can take the square of its length: letters are compared instead.
        var ignoreCase = rules.ToString().EndsWith("IgnoreCase", StringComparison.Ordinal);
        ChargeSearch(context, text, search);
        return Box.Int(text.IndexOf(search, start, count, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
    }

    /// <summary>Looking for a long text in another can take time by the product of their lengths: it counts as text made.</summary>
    public static void ChargeSearch(RenderContext context, string text, string search) =>
        context.Charge((long)text.Length * search.Length / 128);

    /// <summary>All places where the second argument stands in the first, replaced.</summary>
    public static string? ReplaceAll(RenderContext context, CallArguments arguments, string by)
    {
        if (arguments.Text(context, 0) is not { } text) return null;
        var match = arguments.TextOrEmpty(context, 1);
        if (match.Length == 0 || text.Length == 0) return text;
        ChargeSearch(context, text, match);
        var longer = (long)by.Length - match.Length;
        // Counted first: a long text of one letter could be replaced by more than fits anywhere.
        if (longer > 0) context.ChargeText(text.Length + (longer * text.AsSpan().Count(match)));
        return text.Replace(match, by, StringComparison.Ordinal);
    }

    /// <summary>The first or last place where the second argument stands in the first, replaced.</summary>
    public static string? ReplaceOnce(RenderContext context, CallArguments arguments, string by, bool last)
    {
        if (arguments.Text(context, 0) is not { } text) return null;
        var match = arguments.TextOrEmpty(context, 1);
        if (match.Length == 0) return text;
        ChargeSearch(context, text, match);
        var at = last ? text.LastIndexOf(match, StringComparison.Ordinal) : text.IndexOf(match, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), by, text.AsSpan(at + match.Length));
    }
}
