using System.Runtime.ExceptionServices;
using System.Text;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>array.…</c>. None changes its list: each gives a new one.</summary>
internal static class ArrayFunctions
{
    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("array")
        .Add("add", "list value", (c, a) => Copy(c, a.List(c, 0), items => items.Add(a[1])))
        .Add("add_range", "list1 list2", Concatenated)
        .Add("any", "list function args...", (c, a) => Box.Bool(a.List(c, 0)?.Any(item => Applies(c, a, item)) ?? false))
        .Add("compact", "list", (c, a) => a.List(c, 0) is { } list ? Made(c, list.Where(item => item is not null)) : null)
        .Add("concat", "list1 list2", Concatenated)
        .Add("contains", "list item", (c, a) => Box.Bool(a.List(c, 0)?.Any(item => Same(c, item, a[1])) ?? false))
        .Add("cycle", "list group?", Cycle)
        .Add("each", "list function", (c, a) => a.List(c, 0) is { } list ? Made(c, list.Select(item => Apply(c, a, item))) : null)
        .Add("filter", "list function", (c, a) => a.List(c, 0) is { } list
            ? Made(c, list.Where(item => Coerce.IsTrue(Apply(c, a, item))))
            : null)
        .Add("first", "list", (c, a) => a.List(c, 0) is { Count: > 0 } list ? list[0] : null)
        .Add("insert_at", "list index value", (c, a) => Copy(c, a.List(c, 0), items =>
        {
            var index = Math.Max(0, a.Integer(c, 1));
            Access.CheckGrowth(c, items.Count, index);
            items.Insert(index, a[2]);
        }))
        .Add("join", "list delimiter function?", Join)
        .Add("last", "list", (c, a) => a.List(c, 0) is { Count: > 0 } list ? list[^1] : null)
        .Add("limit", "list count", (c, a) => a.List(c, 0) is { } list ? Made(c, list.Take(Math.Max(0, a.Integer(c, 1)))) : null)
        .Add("map", "list member", Map)
        .Add("offset", "list index", (c, a) => a.List(c, 0) is { } list ? Made(c, list.Skip(Math.Max(0, a.Integer(c, 1)))) : null)
        .Add("remove_at", "list index", (c, a) => Copy(c, a.List(c, 0), items =>
        {
            var index = a.Integer(c, 1);
            if (index < 0) index += items.Count;
            if (index >= 0 && index < items.Count) items.RemoveAt(index);
        }))
        .Add("reverse", "list", (c, a) => Copy(c, a.List(c, 0), items => items.Reverse()))
        .Add("size", "list", (c, a) => Box.Int(a.List(c, 0)?.Count ?? 0))
        .Add("sort", "list member?", Sort)
        .Add("uniq", "list", (c, a) => a.List(c, 0) is { } list ? Unique(c, list) : null);

    private static ScriptList Made(RenderContext context, IEnumerable<object?> items)
    {
        var made = new ScriptList(items);
        context.Charge(16 + (4L * made.Count));
        return made;
    }

    private static ScriptList Copy(RenderContext context, IReadOnlyList<object?>? list, Action<ScriptList> change)
    {
        var copy = Made(context, list ?? []);
        change(copy);
        return copy;
    }

    private static ScriptList? Concatenated(RenderContext context, CallArguments arguments)
    {
        var first = arguments.List(context, 0);
        var second = arguments.List(context, 1);
        return first is null && second is null ? null : Made(context, (first ?? []).Concat(second ?? []));
    }

    private static object? Apply(RenderContext context, CallArguments arguments, object? item)
    {
        var function = arguments.Function(1) ?? throw new ArgumentFault(1, "A function is needed here, not null. Write @name to pass one.");
        return Call.With(context, function, arguments.Span, item);
    }

    private static bool Applies(RenderContext context, CallArguments arguments, object? item)
    {
        var function = arguments.Function(1) ?? throw new ArgumentFault(1, "A function is needed here, not null. Write @name to pass one.");
        return Coerce.IsTrue(Call.With(context, function, arguments.Span, [item, .. (ScriptList)arguments[2]!]));
    }

    private static bool Same(RenderContext context, object? left, object? right) =>
        left is string == right is string && Comparison.AreEqual(context, left, right);

    private static object? Cycle(RenderContext context, CallArguments arguments)
    {
        if (arguments.List(context, 0) is not { Count: > 0 } list) return null;
        var group = arguments[1] is null ? string.Join(',', list.Select(item => ChargedText(context, item))) : arguments.Text(context, 1)!;
        context.Charge(group.Length);
        var next = context.Cycles.GetValueOrDefault(group) % list.Count;
        context.Cycles[group] = next + 1;
        return list[next];
    }

    // Before they are joined: a list may hold one long text a thousand times.
    private static string ChargedText(RenderContext context, object? item)
    {
        var text = ValueText.Of(context, item);
        context.Charge(text.Length + 1);
        return text;
    }

    private static string Join(RenderContext context, CallArguments arguments)
    {
        var text = new StringBuilder();
        var delimiter = arguments.TextOrEmpty(context, 1);
        var function = arguments.Function(2);
        var list = arguments.List(context, 0) ?? [];
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) text.Append(delimiter);
            var item = ValueText.Of(context, list[i]);
            text.Append(function is null ? item : ValueText.Of(context, Call.With(context, function, arguments.Span, item)));
            if (text.Length > context.Options.OutputLimit && context.Options.OutputLimit > 0) context.ChargeText(text.Length);
        }

        return text.ToString();
    }

    private static ScriptList Map(RenderContext context, CallArguments arguments)
    {
        var member = arguments.TextOrEmpty(context, 1);
        return Made(context, (arguments.List(context, 0) ?? []).Select(item => Member(context, item, member)));
    }

    private static object? Member(RenderContext context, object? item, string name) =>
        item is not null && Access.TryGetMember(context, item, name, out var value) ? value : null;

    private static ScriptList Sort(RenderContext context, CallArguments arguments)
    {
        var list = arguments.List(context, 0) ?? [];
        var member = arguments.Text(context, 1);
        context.Charge(list.Count * (long)Math.Log2(list.Count + 1));
        var order = Comparer<object?>.Create((x, y) => Comparison.SortOrder(context, x, y));
        try
        {
            return Made(context, list.OrderBy(item => string.IsNullOrEmpty(member) ? item : Member(context, item, member), order));
        }
        catch (InvalidOperationException e) when (e.InnerException is ArgumentFault fault)
        {
            throw new ArgumentFault(0, fault.Message);
        }
        catch (InvalidOperationException e) when (e.InnerException is TemplateFault or OperationCanceledException)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    private static ScriptList Unique(RenderContext context, IReadOnlyList<object?> list)
    {
        var seen = new HashSet<object>(new ValueEquality());
        var unique = new ScriptList();
        var hasNull = false;
        foreach (var item in list)
        {
            // A text is gone through to be found again.
            if (item is string text) context.Work(text.Length);
            if (item is null ? !hasNull : seen.Add(item)) unique.Add(item);
            hasNull |= item is null;
        }

        context.Charge(16 + (8L * list.Count));
        return unique;
    }

    /// <summary>Numbers of different kinds are the same where their values are.</summary>
    private sealed class ValueEquality : IEqualityComparer<object>
    {
        public new bool Equals(object? x, object? y) =>
            x is not null && y is not null && Numbers.IsNumber(x) && Numbers.IsNumber(y) ? Numbers.Compare(x, y) == 0 : object.Equals(x, y);

        public int GetHashCode(object value) => Numbers.IsNumber(value) ? Numbers.ToDouble(value).GetHashCode() : value.GetHashCode();
    }
}
