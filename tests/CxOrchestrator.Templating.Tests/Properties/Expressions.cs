using FsCheck;
using FsCheck.Fluent;

namespace CxOrchestrator.Templating.Tests.Properties;

/// <summary>Makes expressions that parse, as text.</summary>
internal static class Expressions
{
    private static readonly Gen<string> Simple = Gen.Elements(
        "1", "0", "42", "2.5", "1.50m", "0.1f", "1e3", "0x1f", "true", "false", "null", "'a'", "\"b\\n\\\"\"", "`c\\`", "''", "n", "customer",
        "customer.tier", "customer?.nope?.x", "customer.tags[0]", "order.total", "order.items", "nope", "empty", "'x{y}'", "$'a{n}\\{b\\}'");

    /// <summary>Expressions of any shape.</summary>
    public static Gen<string> Source { get; } = Gen.Sized(size => Of(Math.Min(size, 30)));

    private static Gen<string> Of(int size)
    {
        if (size <= 1) return Simple;
        var half = Of(size / 2);
        var third = Of(size / 3);
        return Gen.OneOf(
            Simple,
            Three(half, Gen.Elements(" + ", " - ", " * ", " / ", " // ", " % ", " == ", " != ", " < ", " >= ", " && ", " || ", " ?? ", " ?! ", " << "), half),
            half.Select(e => $"({e})"),
            half.Select(e => $"-({e})"),
            half.Select(e => $"- - ({e})"),
            half.Select(e => $"!({e})"),
            half.Select(e => $"[{e}, 1]"),
            half.Select(e => $"{{a: {e}, 'b c': 2}}"),
            half.Select(e => $"({e}).size"),
            half.Select(e => $"string.size(({e}))"),
            half.Select(e => $"object.default ({e}) 'x'"),
            half.Select(e => $"({e}) | object.to_json"),
            half.Select(e => $"({e}) | string.slice start: 0 length: 2"),
            half.Select(e => $"$'x{{({e})}}'"),
            Three(third, Gen.Constant(" ? "), Three(third, Gen.Constant(" : "), third)),
            half.Select(e => $"[1, 2] | array.each @(do; ret $0 == ({e}); end)"));
    }

    private static Gen<string> Three(Gen<string> a, Gen<string> b, Gen<string> c) =>
        a.SelectMany(left => b.SelectMany(middle => c.Select(right => left + middle + right)));
}
