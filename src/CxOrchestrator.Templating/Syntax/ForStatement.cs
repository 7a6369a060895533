using System.Globalization;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary><c>for x in list</c>, and <c>tablerow</c>, which prints the rows and cells of a table around its body.</summary>
internal sealed class ForStatement(SourceSpan span, bool table, Reference variable, Expression list, LoopOptions options, Block body,
    Block? otherwise) : Statement(span)
{
    private readonly string? _global = (variable as GlobalVariable)?.Name;
    private readonly string? _local = (variable as LocalVariable)?.Name;
    private readonly string _kind = table ? "tablerow" : "for";

    /// <summary>The variable of the loop.</summary>
    public Reference Variable { get; } = variable;

    /// <summary>What the loop goes through.</summary>
    public Expression List { get; } = list;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children =>
        otherwise is null ? [Variable, List, .. options.Expressions, body] : [Variable, List, .. options.Expressions, body, otherwise];

    /// <inheritdoc/>
    public override Flow Execute(RenderContext context)
    {
        var source = List.Evaluate(context);
        if (source is null) return Flow.Next;
        var items = Coerce.Items(context, source) ??
            throw new TemplateFault(List.Span, $"`{List.Span}` is a {Kind.Named(source)}; a loop needs a list.");
        var (first, count) = options.Window(context, items.Count);
        if (count == 0) return otherwise?.Execute(context) ?? Flow.Next;
        return _local is null ? Run(context, items, first, count) : RunLocal(context, items, first, count, _local);
    }

    /// <summary>A local variable has its old value back behind the loop.</summary>
    private Flow RunLocal(RenderContext context, IReadOnlyList<object?> items, int first, int count, string local)
    {
        var had = context.Locals.TryGet(local, out var old);
        var flow = Run(context, items, first, count);
        if (had) context.Locals.Set(local, old);
        else context.Locals.Remove(local);
        return flow;
    }

    private Flow Run(RenderContext context, IReadOnlyList<object?> items, int first, int count)
    {
        var state = new LoopState { Length = count };
        var columns = table ? options.ColumnCount(context) : 0;
        var depth = context.Globals.Depth;
        context.Globals.PushLoop(_kind, state, _global);
        context.EnterLoop();
        var flow = Flow.Next;
        object? before = null;
        for (var i = 0; i < count && flow is not (Flow.Break or Flow.Return); i++)
        {
            // The list may have grown shorter since.
            var at = options.Reversed ? first + count - 1 - i : first + i;
            if (at >= items.Count) break;
            Iterate(context, state, i, items[at], ref before);
            flow = table ? Cell(context, state, columns) : body.Execute(context);
        }

        context.LeaveLoop();
        context.Globals.Depth = depth;
        return flow == Flow.Return ? flow : Flow.Next;
    }

    private void Iterate(RenderContext context, LoopState state, int index, object? item, ref object? before)
    {
        context.StepLoop(this);
        state.Index = index;
        state.Changed = index == 0 || !Equals(before, item);
        before = item;
        if (_local is not null) context.Locals.Set(_local, item);
        else context.Globals.SetLoopVariable(item);
    }

    private Flow Cell(RenderContext context, LoopState state, int columns)
    {
        state.Column = state.Index % columns;
        var output = context.Output;
        if (state.Column == 0)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"<tr class=\"row{(state.Index / columns) + 1}\">"));
        output.Write(string.Create(CultureInfo.InvariantCulture, $"<td class=\"col{state.Column + 1}\">"));
        var flow = body.Execute(context);
        output.Write("</td>");
        if (state.Column == columns - 1 || state.Index == state.Length - 1 || flow is Flow.Break or Flow.Return) output.Write("</tr>\n");
        return flow;
    }
}
