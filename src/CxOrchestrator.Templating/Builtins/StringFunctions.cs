using System.Globalization;
using System.Text;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>string.…</c>.</summary>
internal static class StringFunctions
{
    private const NumberStyles Real = NumberStyles.Float | NumberStyles.AllowThousands;

    /// <summary>The group.</summary>
    public static BuiltinGroup Create()
    {
        var group = new BuiltinGroup("string");
        AddTests(group);
        AddCase(group);
        AddParts(group);
        AddConversions(group);
        return group;
    }

    private static void AddTests(BuiltinGroup group) => group
        .Add("contains", "text value", (c, a) => Box.Bool(Has(c, a, (text, value) => text.Contains(value, StringComparison.Ordinal))))
        .Add("empty", "text", (c, a) => Box.Bool(string.IsNullOrEmpty(a.Text(c, 0))))
        .Add("whitespace", "text", (c, a) => Box.Bool(string.IsNullOrWhiteSpace(a.Text(c, 0))))
        .Add("ends_with", "text value", (c, a) => Box.Bool(Has(c, a, (text, value) => text.EndsWith(value, StringComparison.Ordinal))))
        .Add("starts_with", "text value", (c, a) => Box.Bool(Has(c, a, (text, value) => text.StartsWith(value, StringComparison.Ordinal))))
        .Add("equals_ignore_case", "text value", (c, a) =>
            Box.Bool(string.Equals(a.Text(c, 0), a.Text(c, 1), StringComparison.OrdinalIgnoreCase)))
        .Add("index_of", "text search startIndex? count? stringComparison?", TextSearch.IndexOf)
        .Add("size", "text", (c, a) => Box.Int(a.Text(c, 0)?.Length ?? 0));

    private static void AddCase(BuiltinGroup group) => group
        .Add("capitalize", "text", (c, a) => Capitalized(a.TextOrEmpty(c, 0)))
        .Add("capitalizewords", "text", (c, a) => CapitalizedWords(a.TextOrEmpty(c, 0)))
        .Add("downcase", "text", (c, a) => a.Text(c, 0)?.ToLowerInvariant())
        .Add("upcase", "text", (c, a) => a.Text(c, 0)?.ToUpperInvariant())
        .Add("handleize", "text", (c, a) => Handle(a.TextOrEmpty(c, 0)))
        .Add("pluralize", "number singular plural", (c, a) => a.Integer(c, 0) == 1 ? a[1] : a[2]);

    private static void AddParts(BuiltinGroup group) => group
        .Add("append", "text with", (c, a) => Operators.Joined(c, a[0], a[1]))
        .Add("prepend", "text by", (c, a) => Operators.Joined(c, a[1], a[0]))
        .Add("lstrip", "text", (c, a) => a.Text(c, 0)?.TrimStart())
        .Add("rstrip", "text", (c, a) => a.Text(c, 0)?.TrimEnd())
        .Add("strip", "text", (c, a) => a.Text(c, 0)?.Trim())
        .Add("strip_newlines", "text", (c, a) => a.Text(c, 0)?.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal))
        .Add("remove", "text remove", (c, a) => TextSearch.ReplaceAll(c, a, ""))
        .Add("remove_first", "text remove", (c, a) => TextSearch.ReplaceOnce(c, a, "", false))
        .Add("remove_last", "text remove", (c, a) => TextSearch.ReplaceOnce(c, a, "", true))
        .Add("replace", "text match replace", (c, a) => TextSearch.ReplaceAll(c, a, a.TextOrEmpty(c, 2)))
        .Add("replace_first", "text match replace fromEnd?", (c, a) =>
            TextSearch.ReplaceOnce(c, a, a.TextOrEmpty(c, 2), a[3] is not null && Coerce.IsTrue(a[3])))
        .Add("slice", "text start length?", (c, a) => Slice(c, a, a[2] is null or 0 ? null : a.Integer(c, 2)))
        .Add("slice1", "text start length?", (c, a) => Slice(c, a, a[2] is null ? 1 : a.Integer(c, 2)))
        .Add("split", "text match", Split)
        .Add("truncate", "text length ellipsis?", Truncate)
        .Add("truncatewords", "text count ellipsis?", TruncateWords)
        .Add("pad_left", "text width", (c, a) => a.TextOrEmpty(c, 0).PadLeft(Width(c, a)))
        .Add("pad_right", "text width", (c, a) => a.TextOrEmpty(c, 0).PadRight(Width(c, a)));

    private static void AddConversions(BuiltinGroup group) => group
        .Add("escape", "text", (c, a) => Escaped(a.Text(c, 0), false))
        .Add("literal", "text", (c, a) => Escaped(a.Text(c, 0), true))
        .Add("to_int", "text", (c, a) => int.TryParse(a.Text(c, 0), NumberStyles.Integer, c.Culture, out var number) ? Box.Int(number) : null)
        .Add("to_long", "text", (c, a) => long.TryParse(a.Text(c, 0), NumberStyles.Integer, c.Culture, out var number) ? number : null)
        .Add("to_float", "text", (c, a) => float.TryParse(a.Text(c, 0), Real, c.Culture, out var number) ? number : null)
        .Add("to_double", "text", (c, a) => double.TryParse(a.Text(c, 0), Real, c.Culture, out var number) ? number : null)
        .Add("md5", "text", Hashes.Md5)
        .Add("sha1", "text", Hashes.Sha1)
        .Add("sha256", "text", Hashes.Sha256)
        .Add("sha512", "text", Hashes.Sha512)
        .AddLeftOut("hmac_sha1")
        .AddLeftOut("hmac_sha256")
        .AddLeftOut("hmac_sha512")
        .Add("base64_encode", "text", (c, a) => Convert.ToBase64String(Encoding.UTF8.GetBytes(a.TextOrEmpty(c, 0))))
        .Add("base64_decode", "text", Decode);

    private static bool Has(RenderContext context, CallArguments arguments, Func<string, string, bool> test) =>
        arguments.Text(context, 0) is { } text && arguments.Text(context, 1) is { } value && Tested(context, text, value, test);

    private static bool Tested(RenderContext context, string text, string value, Func<string, string, bool> test)
    {
        TextSearch.ChargeSearch(context, text, value);
        return test(text, value);
    }

    private static string Capitalized(string text) =>
        text.Length == 0 || char.IsUpper(text[0]) ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));

    private static string CapitalizedWords(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
            into[i] = i == 0 || char.IsWhiteSpace(from[i - 1]) ? char.ToUpperInvariant(from[i]) : from[i];
    });

    private static string Handle(string text)
    {
        var handle = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) handle.Append(char.ToLowerInvariant(c));
            else if (handle.Length > 0 && handle[^1] != '-') handle.Append('-');
        }

        return handle.ToString().TrimEnd('-');
    }

    private static string Slice(RenderContext context, CallArguments arguments, int? length)
    {
        var text = arguments.TextOrEmpty(context, 0);
        var start = arguments.Integer(context, 1);
        if (start < 0) start = Math.Max(0, start + text.Length);
        if (start >= text.Length || length < 0) return "";
        return text.Substring(start, Math.Min(length ?? int.MaxValue, text.Length - start));
    }

    private static ScriptList Split(RenderContext context, CallArguments arguments)
    {
        var text = arguments.TextOrEmpty(context, 0);
        var by = arguments.TextOrEmpty(context, 1);
        if (text.Length == 0) return new ScriptList();
        TextSearch.ChargeSearch(context, text, by);
        var separators = by.Length == 0 ? 0 : text.AsSpan().Count(by);
        context.Charge(text.Length + (16L * separators));
        return new ScriptList(by.Length == 0 ? [text] : text.Split(by, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Truncate(RenderContext context, CallArguments arguments)
    {
        var text = arguments.TextOrEmpty(context, 0);
        var ellipsis = arguments.Text(context, 2) ?? "...";
        var length = arguments.Integer(context, 1);
        if (text.Length <= length) return text;
        return string.Concat(text.AsSpan(0, Math.Clamp(length - ellipsis.Length, 0, text.Length)), ellipsis);
    }

    private static string TruncateWords(RenderContext context, CallArguments arguments)
    {
        var text = arguments.TextOrEmpty(context, 0);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var count = Math.Max(0, arguments.Integer(context, 1));
        context.Charge(16L * words.Length);
        var kept = string.Join(' ', words.Take(count));
        return words.Length > count ? kept + (arguments.Text(context, 2) ?? "...") : kept;
    }

    private static int Width(RenderContext context, CallArguments arguments)
    {
        var width = arguments.Integer(context, 1);
        var limit = context.Options.OutputLimit;
        if (limit > 0 && width > limit) throw new ArgumentFault(1, $"The width {width} is more than the limit of {limit} characters.");
        return Math.Max(0, width);
    }

    private static string? Escaped(string? text, bool quoted)
    {
        if (text is null) return null;
        var escaped = new StringBuilder(text.Length + 2);
        if (quoted) ValueText.Quote(escaped, text);
        else ValueText.EscapeCode(escaped, text);
        return escaped.ToString();
    }

    private static string Decode(RenderContext context, CallArguments arguments)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(arguments.TextOrEmpty(context, 0)));
        }
        catch (FormatException)
        {
            throw new ArgumentFault(0, "This text isn't Base64.");
        }
    }
}
