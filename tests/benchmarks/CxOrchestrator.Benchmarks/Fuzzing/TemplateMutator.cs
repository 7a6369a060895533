using CxOrchestrator.Templating;

namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>Makes templates by chance: from those of a corpus with something changed, or calls of functions with odd values.</summary>
internal sealed class TemplateMutator(IReadOnlyList<string> corpus)
{
    private const int Longest = 6_000;

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", "\n", "\r\n", "\t", " ", "if ", "else", "else if ", "end", "for i in ", "in", "while ",
        "case ", "when ", "func f", "f", "do", "ret ", "capture x", "with ", "import ", "readonly ", "tablerow i in ", "break", "continue",
        "include ", "include_join ", "this", "this.", "null", "empty", "true", "x", "n", "customer", "order.items", "$0", "$x", "$", "$$", "'", "\"", "`",
        "$'", "{", "}", "(", ")", "[", "]", ",", ":", ";", ".", "?.", "?", "??", "?!", "|", "|>", "+", "-", "*", "/", "//", "%", "++", "--", "=", "+=",
        "==", "!=", "<", "<=", ">", "&&", "||", "!", "@", "^", "..", "..<", "...", "#", "##", "\\", "limit:2", "offset:1", "reversed", "cols:2", "&", "<<",
        "@(do; ret $0; end)", "for.index", "wrap ", "é", "\u2028", "\ud83d", "\0", "\ufeff", "}}\n{{", "{{ end }}", "{{ else }}", "; end;",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "-1", "2", "7.5", "-0.0", "1e308", "-1e308", "1e-320", "infinite", "2147483647", "-2147483648", "2147483648",
        "9223372036854775807", "-9223372036854775808", "99999999999999999999999", "79228162514264337593543950335m", "0.0000000000000000000000000001m",
        "1.50m", "0.1f", "0xffffffff", "''", "' '", "'a'", "'abc'", "'Zoë'", "text", "'2020-02-30'", "'%Y'", "'{0}'", "'(['", "`(a+)+$`", "'0'", "'N2'",
        "'a' * 1000", "[]", "[1, 2, 3]", "[null]", "[[1], [2]]", "['b', 'a']", "[1, 'a', null, {}]", "{}", "{a: 1}", "customer", "customer.tags",
        "order.items", "order.placed", "day", "span", "money", "long", "empty", "1..5", "5..1", "0..<3", "this", "@string.upcase", "@array.each",
        "@(do; ret $0; end)", "date.now", "nope", "'sku'", "'UTC'", "'th-TH'", "'en-GB'", "100000", "-100000", "3000000", "12345678901",
    ];

    // Values that take time or room to look at, near the limits.
    private static readonly string[] Heavy =
    [
        "'a' * 1000000", "' ' * 1000000", "'<' * 1000000", "'a ' * 500000", "'é' * 1000000", "'1' * 1000000", "'%Y' * 400000", "'{' * 1000000",
        "['a' * 1000000] * 1000", "[' ' * 1000000] * 1000", "'b,a,' * 200000", "1..1000", "[[1, 2], [3]] * 500", "'\n' * 1000000", "'&amp;' * 200000",
    ];

    private static readonly TemplateFunction[] Functions = [.. TemplateLanguage.Functions.Where(f => f.Origin != TemplateFunctionOrigin.LeftOut)];

    /// <summary>The template of a number; the same for the same seed and number.</summary>
    public string Make(long seed, long number)
    {
        var chance = new Random((int)Scramble(((ulong)seed << 40) ^ (ulong)number));
        if (chance.Next(4) == 0) return Calls(chance);
        var text = Pick(chance, corpus);
        for (var changes = chance.Next(1, 8); changes > 0; changes--) text = Changed(chance, text);
        return text.Length <= Longest ? text : text[..Longest];
    }

    private static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdUL;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return value ^ (value >> 33);
    }

    private static T Pick<T>(Random chance, IReadOnlyList<T> from) => from[chance.Next(from.Count)];

    private static string Value(Random chance) => chance.Next(100) switch
    {
        0 => $"({Pick(chance, Heavy)})",
        < 12 => $"({Call(chance)})",
        _ => Pick(chance, Values),
    };

    // A pipe half of the time, as templates have them; sometimes with too few or too many values, or named ones.
    private static string Call(Random chance)
    {
        var function = Pick(chance, Functions);
        var count = Math.Max(0, Math.Min(function.Parameters.Count, 5) - chance.Next(3) + chance.Next(3));
        var values = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var name = i < function.Parameters.Count && chance.Next(12) == 0 ? function.Parameters[i].TrimEnd('?', '.') + ": " : "";
            var value = Value(chance);
            values.Add(value.Contains(' ', StringComparison.Ordinal) || value[0] == '-' ? $"{name}({value})" : name + value);
        }

        return count > 0 && chance.Next(2) == 0
            ? $"{values[0]} | {function.FullName} {string.Join(' ', values.Skip(1))}"
            : $"{function.FullName} {string.Join(' ', values)}";
    }

    private static string Calls(Random chance)
    {
        var call = Call(chance);
        return chance.Next(8) switch
        {
            0 => $"{{{{ x = {call}; x; x | object.typeof; x | object.to_json; x.size; x[0] }}}}",
            1 => $"{{{{ for i in ({call}); i; for.index; end }}}}",
            2 => $"{{{{ {Value(chance)} {Pick(chance, Pieces)} ({call}) }}}}",
            3 => $"{{{{ {call} | {Pick(chance, Functions).FullName} | {Pick(chance, Functions).FullName} {Value(chance)} }}}}",
            4 => $"{{{{ x = {Value(chance)}; x[{Value(chance)}] = {call}; x.a = x; x }}}}",
            5 => $"{{{{ x = {Value(chance)}; for i in 1..1000; y = x | {Pick(chance, Functions).FullName} {Value(chance)}; end }}}}",
            _ => $"{{{{ {call} }}}}",
        };
    }

    private string Changed(Random chance, string text)
    {
        var at = chance.Next(text.Length + 1);
        var end = Math.Min(text.Length, at + chance.Next(1, 20));
        return chance.Next(12) switch
        {
            0 => text.Remove(at, end - at),
            1 => text.Insert(at, text[at..end]),
            2 or 3 => text.Insert(at, Pick(chance, Pieces)),
            4 => text[..at] + Pick(chance, Pieces) + text[end..],
            5 => WordReplaced(chance, text, at),
            6 => text.Insert(at, Value(chance)),
            7 => Spliced(chance, text, at),
            8 => text.Insert(at, string.Concat(Enumerable.Repeat(Pick(chance, Pieces), chance.Next(2, 400)))),
            9 => Wrapped(chance, text),
            10 => text.Insert(at, $" {Call(chance)} "),
            _ => text[..at] + (char)chance.Next(1, chance.Next(10) == 0 ? 0xffff : 128) + text[Math.Min(text.Length, at + 1)..],
        };
    }

    private static string Wrapped(Random chance, string text) => chance.Next(5) switch
    {
        0 => $"{{{{ for i in 1..{chance.Next(1, 2000)} }}}}{text}{{{{ end }}}}",
        1 => $"{{{{ func f }}}}{text}{{{{ end; f {Value(chance)}; f }}}}",
        2 => $"{{{{ capture x }}}}{text}{{{{ end; x | {Pick(chance, Functions).FullName} }}}}",
        3 => $"{{{{ with {Value(chance)} }}}}{text}{{{{ end }}}}",
        _ => $"{{{{ while {Value(chance)} }}}}{text}{{{{ end }}}}",
    };

    private static string WordReplaced(Random chance, string text, int at)
    {
        var start = at;
        while (start > 0 && IsWord(text[start - 1])) start--;
        while (at < text.Length && IsWord(text[at])) at++;
        return text[..start] + (chance.Next(2) == 0 ? Value(chance) : Pick(chance, Functions).FullName) + text[at..];
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.';

    private string Spliced(Random chance, string text, int at)
    {
        var other = Pick(chance, corpus);
        return text[..at] + other[chance.Next(other.Length + 1)..];
    }
}
