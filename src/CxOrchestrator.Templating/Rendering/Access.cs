using CxOrchestrator.Templating.Builtins;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>Reads and writes members and items of values.</summary>
internal static class Access
{
    /// <summary>Reads a member of a value that isn't null.</summary>
    /// <returns>False where the value is a map and has no such member.</returns>
    public static bool TryGetMember(RenderContext context, object target, string name, out object? value)
    {
        // What most models are made of, without the way over the interface.
        if (target is Dictionary<string, object?> plain && plain.TryGetValue(name, out value) && ReferenceEquals(context.Seen(plain), plain))
            return true;
        switch (target)
        {
            case IReadOnlyDictionary<string, object?> map:
                map = context.Seen(map);
                if (map.TryGetValue(name, out value)) return true;
                if (name != "empty?") return false;
                value = Box.Bool(map.Count == 0);
                return true;
            case IReadOnlyList<object?> list:
                value = ListMember(context.Seen(list), name);
                return true;
            case string or RawHtml:
                value = TextMember(ValueText.Of(context, target), name);
                return true;
            case LoopState loop:
                value = loop.Member(name);
                return true;
            default:
                value = DateText.Member(context, target, name);
                return true;
        }
    }

    /// <summary>Reads an item by index or key.</summary>
    /// <exception cref="OperatorFault">The value has no items.</exception>
    public static object? GetItem(RenderContext context, object target, object index)
    {
        switch (target)
        {
            case IReadOnlyDictionary<string, object?>:
                TryGetMember(context, target, ValueText.Of(context, index), out var member);
                return member;
            case IReadOnlyList<object?> list:
                list = context.Seen(list);
                if (index is string name) return ListMember(list, name);
                var at = Position(context, index, list.Count);
                return at >= 0 && at < list.Count ? list[(int)at] : null;
            case string text:
                var place = Position(context, index, text.Length);
                return place >= 0 && place < text.Length ? Box.Character(text[(int)place]) : null;
            default:
                throw new OperatorFault($"This is {Kind.Phrase(target)}, which has no items.");
        }
    }

    /// <summary>Writes a member; a map or list of the model is copied first.</summary>
    /// <returns>False where it is read-only.</returns>
    /// <exception cref="OperatorFault">The value can't have members.</exception>
    public static bool SetMember(RenderContext context, object target, string name, object? value)
    {
        context.Charge(8);
        switch (target)
        {
            case IReadOnlyDictionary<string, object?> map:
                var own = context.Overlay.Writable(map);
                if (own.IsReadOnly(name)) return false;
                own.Set(name, value);
                return true;
            case IReadOnlyList<object?> list:
                context.Overlay.Writable(list).SetMember(name, value);
                return true;
            default:
                throw new OperatorFault($"This is {Kind.Phrase(target)}, which has no members to set.");
        }
    }

    /// <summary>Writes an item by index or key; a list grows up to it.</summary>
    /// <returns>False where it is read-only.</returns>
    /// <exception cref="OperatorFault">The value can't have items, or the index is out of range.</exception>
    public static bool SetItem(RenderContext context, object target, object index, object? value)
    {
        if (target is not IReadOnlyList<object?> list || index is string)
            return SetMember(context, target, ValueText.Of(context, index), value);
        var items = context.Overlay.Writable(list);
        var at = Position(context, index, items.Count);
        if (at < 0) return true;
        CheckGrowth(context, items.Count, at);
        items.Set((int)at, value);
        return true;
    }

    /// <summary>A list that grows up to an index may not grow beyond what a loop may go through.</summary>
    /// <exception cref="OperatorFault">It would.</exception>
    public static void CheckGrowth(RenderContext context, int count, long index)
    {
        context.Charge(8);
        if (index < count) return;
        var limit = context.Options.LoopLimit == 0 ? int.MaxValue : context.Options.LoopLimit;
        if (index - count >= limit) throw new OperatorFault($"The list would grow by more items than the limit of {limit} for loops.");
        context.Charge(4 * (index - count + 1));
    }

    /// <exception cref="OperatorFault">The index is no whole number.</exception>
    private static long Position(RenderContext context, object index, int count)
    {
        if (index is string || !Coerce.TryInteger(context, index, out var at))
            throw new OperatorFault($"The index has to be a whole number, not {Kind.Phrase(index)}.", OperandSide.Right);
        return at < 0 ? at + count : at;
    }

    private static object? ListMember(IReadOnlyList<object?> list, string name)
    {
        if (list is ScriptList { Members: { } members } && members.TryGetValue(name, out var value)) return value;
        return name switch
        {
            "size" => Box.Int(list.Count),
            "empty?" => Box.Bool(list.Count == 0),
            _ => null,
        };
    }

    private static object? TextMember(string text, string name) => name switch
    {
        "size" => Box.Int(text.Length),
        "empty?" => Box.Bool(text.Length == 0),
        _ => null,
    };
}
