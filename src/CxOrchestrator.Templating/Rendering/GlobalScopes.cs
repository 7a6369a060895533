using CxOrchestrator.Templating.Builtins;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>
/// Where names without a dollar sign are looked up: loops, <c>with</c> objects and parameters from the innermost outwards, then
/// what the template set, the model and our own functions.
/// </summary>
internal sealed class GlobalScopes
{
    private readonly IReadOnlyDictionary<string, object?> _model;
    private readonly RenderContext _context;
    private ScriptMap? _root;
    private Frame[] _frames = [];
    private int _count;

    public GlobalScopes(IReadOnlyDictionary<string, object?> model, RenderContext context)
    {
        _model = model;
        _context = context;
    }

    /// <summary>Number of scopes within each other, to come back to after an error or at a block's end.</summary>
    public int Depth
    {
        get => _count;
        set
        {
            Array.Clear(_frames, value, _count - value);
            _count = value;
        }
    }

    /// <summary>Opens a loop with its variable (null for while or a local one).</summary>
    public void PushLoop(string kind, LoopState state, string? variable) => Push(new Frame(null, kind, state, variable, null));

    /// <summary>Sets the variable of the innermost loop.</summary>
    public void SetLoopVariable(object? value) => _frames[_count - 1].Value = value;

    /// <summary>Opens an object whose members are variables.</summary>
    public void PushObject(IReadOnlyDictionary<string, object?> members) => Push(new Frame(members, null, null, null, null));

    /// <summary>Reads a variable.</summary>
    public bool TryGet(string name, out object? value)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_frames[i].TryGet(name, _context, out value)) return true;
        }

        if (_root is not null) return _root.TryGetValue(name, out value) || Library.Root.TryGetValue(name, out value);
        // What most models are, without the way over the interface.
        if (_model is Dictionary<string, object?> plain ? plain.TryGetValue(name, out value) : _model.TryGetValue(name, out value)) return true;
        return Library.Root.TryGetValue(name, out value);
    }

    /// <summary>What <c>this</c> is: the innermost object.</summary>
    public IReadOnlyDictionary<string, object?> Current()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_frames[i].Members is { } members) return _context.Seen(members);
        }

        return _root ??= new ScriptMap(_model);
    }

    /// <summary>The innermost object, to write to.</summary>
    public ScriptMap Writable() => _context.Overlay.Writable(Current());

    /// <summary>
    /// Sets a member of the innermost object. A loop's variable isn't one: inside the loop it stays what the loop says.
    /// </summary>
    /// <returns>False where it is read-only, in this object or in one around it.</returns>
    public bool Set(string name, object? value)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_frames[i].Members is { } members && _context.Seen(members) is ScriptMap own && own.IsReadOnly(name)) return false;
        }

        if (_root is not null && _root.IsReadOnly(name)) return false;
        Writable().Set(name, value);
        return true;
    }

    private void Push(Frame frame)
    {
        if (_count == _frames.Length) Array.Resize(ref _frames, Math.Max(4, _count * 2));
        _frames[_count++] = frame;
    }

    private struct Frame(IReadOnlyDictionary<string, object?>? members, string? loop, LoopState? state, string? variable, object? value)
    {
        public readonly IReadOnlyDictionary<string, object?>? Members = members;
        public readonly string? Variable = variable;
        public object? Value = value;
        private readonly string? _loop = loop;
        private readonly LoopState? _state = state;

        public readonly bool TryGet(string name, RenderContext context, out object? found)
        {
            if (Members is not null) return context.Seen(Members).TryGetValue(name, out found);
            found = name == Variable ? Value : _state;
            return name == Variable || name == _loop;
        }
    }
}
