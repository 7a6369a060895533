using System.Text;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>
/// <c>include_join names separator begin? end?</c>: several templates with text between, before and behind, which may be
/// templates too, as <c>tpl:name</c>. Without any text of the templates there is none before and behind either.
/// </summary>
internal sealed class IncludeJoinFunction() : Callable("include_join")
{
    private static readonly Parameter[] Taken =
        [new("template_names"), new("separator"), new("begin", true), new("end", true)];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Taken;

    /// <inheritdoc/>
    public override object? Invoke(RenderContext context, in CallArguments arguments)
    {
        var names = arguments.List(context, 0) ?? throw new ArgumentFault(0, "A list of template names is needed here, not null.");
        var separator = Delimiter(context, arguments, 1);
        var text = new StringBuilder();
        foreach (var name in names)
        {
            var part = IncludeFunction.Text(context, name, new ScriptList([name]), arguments.Span);
            if (part.Length == 0) continue;
            if (text.Length > 0) text.Append(separator);
            text.Append(part);
            context.ChargeText(text.Length);
        }

        if (text.Length == 0) return "";
        return context.Rendered(Delimiter(context, arguments, 2) + text + Delimiter(context, arguments, 3));
    }

    private static string Delimiter(RenderContext context, in CallArguments arguments, int index)
    {
        var text = arguments.TextOrEmpty(context, index);
        if (!text.StartsWith("tpl:", StringComparison.Ordinal))
            return context.Options.EscapeHtml && arguments[index] is not RawHtml ? HtmlFunctions.Escaped(text) : text;
        var name = text[4..];
        return IncludeFunction.Text(context, name, new ScriptList([name]), arguments.Span);
    }
}
