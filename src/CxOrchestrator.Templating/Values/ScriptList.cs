using System.Collections;

namespace CxOrchestrator.Templating.Values;

/// <summary>A list that a template may write to, with members of its own beside the items.</summary>
internal sealed class ScriptList : IReadOnlyList<object?>
{
    private readonly List<object?> _items;

    /// <summary>An empty list.</summary>
    public ScriptList() => _items = [];

    /// <summary>A list with room for so many items.</summary>
    public ScriptList(int capacity) => _items = new List<object?>(capacity);

    /// <summary>A copy of other items.</summary>
    public ScriptList(IEnumerable<object?> items) => _items = new List<object?>(items);

    /// <summary>Members such as the named arguments in <c>$</c>; null where there are none.</summary>
    public ScriptMap? Members { get; private set; }

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public object? this[int index] => _items[index];

    /// <summary>Adds an item at the end.</summary>
    public void Add(object? item) => _items.Add(item);

    /// <summary>Sets an item; the list grows with nulls up to it. The caller has checked the index.</summary>
    public void Set(int index, object? value)
    {
        while (_items.Count <= index) _items.Add(null);
        _items[index] = value;
    }

    /// <summary>Puts an item in, the list growing with nulls up to it.</summary>
    public void Insert(int index, object? value)
    {
        while (_items.Count < index) _items.Add(null);
        _items.Insert(index, value);
    }

    /// <summary>Takes an item out.</summary>
    public void RemoveAt(int index) => _items.RemoveAt(index);

    /// <summary>Turns the order round.</summary>
    public void Reverse() => _items.Reverse();

    /// <summary>Sets a member.</summary>
    public void SetMember(string name, object? value) => (Members ??= new ScriptMap()).Set(name, value);

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
