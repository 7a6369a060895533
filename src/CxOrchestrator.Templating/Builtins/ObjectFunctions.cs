using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>object.…</c>.</summary>
internal static class ObjectFunctions
{
    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("object")
        .Add("default", "value default", (_, a) => a[0] is null or "" or EmptyValue ? a[1] : a[0])
        .AddLeftOut("eval")
        .AddLeftOut("eval_template")
        .Add("format", "value format culture?", (c, a) => Formatting.Apply(c, a, false))
        .Add("from_json", "json", (c, a) => JsonText.Read(c, a))
        .Add("has_key", "value key", (c, a) => Box.Bool(Member(c, a, out _)))
        .Add("has_value", "value key", (c, a) => Box.Bool(Member(c, a, out var value) && value is not null))
        .Add("keys", "value", (c, a) => Listed(c, Coerce.AsMap(c, a[0])?.Keys))
        .Add("kind", "value", (_, a) => Kind.Of(a[0]))
        .Add("size", "value", (c, a) => Box.Int(Size(c, a[0])))
        .Add("to_json", "value", (c, a) => JsonText.Write(c, a[0]))
        .Add("typeof", "value", (_, a) => Kind.TypeOf(a[0]))
        .Add("values", "value", (c, a) => Listed(c, Coerce.AsMap(c, a[0])?.Values));

    private static bool Member(RenderContext context, in CallArguments arguments, out object? value)
    {
        value = null;
        return Coerce.AsMap(context, arguments[0]) is { } map && arguments.Text(context, 1) is { } key && map.TryGetValue(key, out value);
    }

    private static ScriptList Listed(RenderContext context, IEnumerable<object?>? items)
    {
        var list = new ScriptList(items ?? []);
        context.Charge(16 + (4L * list.Count));
        return list;
    }

    private static int Size(RenderContext context, object? value) => value switch
    {
        string or RawHtml => ValueText.Of(context, value).Length,
        IReadOnlyDictionary<string, object?> map => context.Seen(map).Count,
        IReadOnlyList<object?> list => context.Seen(list).Count,
        _ => 0,
    };
}
