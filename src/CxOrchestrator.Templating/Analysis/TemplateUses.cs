using CxOrchestrator.Templating.Builtins;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Analysis;

/// <summary>What a template reads from outside: variables of the model and other templates.</summary>
internal sealed class TemplateUses
{
    private readonly List<VariableUse> _variables = [];
    private readonly List<VariableUse> _includes = [];
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    /// <summary>Paths such as <c>customer.name</c>, in order.</summary>
    public IReadOnlyList<VariableUse> Variables => _variables;

    /// <summary>Names of included templates that are literals, in order.</summary>
    public IReadOnlyList<VariableUse> Includes => _includes;

    /// <summary>A name of an included template is computed, or the function is passed on, so that any template may be meant.</summary>
    public bool IncludesAny { get; private set; }

    /// <summary>Variables that the template itself sets, loops' variables and parameters among them.</summary>
    public IReadOnlySet<string> Own => _own;

    /// <summary>Goes through a tree.</summary>
    public static TemplateUses Of(SyntaxNode root)
    {
        var uses = new TemplateUses();
        uses.FindOwn(root);
        uses.Visit(root);
        return uses;
    }

    /// <summary>Names that the template itself sets; where it sets one it isn't the model's.</summary>
    private void FindOwn(SyntaxNode node)
    {
        var set = node switch
        {
            AssignStatement { Operator: null } assign => assign.Target,
            CaptureStatement capture => capture.Target,
            ForStatement loop => loop.Variable,
            FunctionStatement function => function.Name,
            _ => null,
        };
        if (set is GlobalVariable variable) _own.Add(variable.Name);
        if (node is FunctionLiteral { Parameters: { } parameters }) _own.UnionWith(parameters.Select(parameter => parameter.Name));
        foreach (var child in node.Children) FindOwn(child);
    }

    private void Visit(SyntaxNode node)
    {
        if (node is Call { Target: GlobalVariable { Name: "include" or "include_join" } function } call && !_own.Contains(function.Name))
        {
            Include(function.Name, call);
            foreach (var argument in call.Children.Where(child => child != function)) Visit(argument);
            return;
        }

        if (Path(node) is { } path)
        {
            IncludesAny |= path.Text is "include" or "include_join" && !_own.Contains(path.Root);
            if (!_own.Contains(path.Root) && !Library.Root.ContainsKey(path.Root) && path.Root is not ("for" or "while" or "tablerow"))
                Add(_variables, path.Text, node.Span);
            return;
        }

        foreach (var child in node.Children) Visit(child);
    }

    private void Include(string function, Call call)
    {
        if (function == "include")
        {
            Included(Bare(Given(call, 0, null)), call);
            return;
        }

        if (Bare(Given(call, 0, "template_names")) is ListLiteral names)
        {
            foreach (var name in names.Items) Included(Bare(name), call);
        }
        else
        {
            IncludesAny = true;
        }

        Delimiter(Given(call, 1, "separator"), call);
        Delimiter(Given(call, 2, "begin"), call);
        Delimiter(Given(call, 3, "end"), call);
    }

    private void Delimiter(Expression? value, Call call)
    {
        value = Bare(value);
        // Markup between parts has to be let through.
        if (value is Call { Target: MemberAccess { Target: GlobalVariable { Name: "html" }, Name: "raw" } } raw) value = Bare(Given(raw, 0, "text"));
        if (value is null or Literal { Value: not string }) return;
        if (value is not Literal { Value: string text }) IncludesAny = true;
        else if (text.StartsWith("tpl:", StringComparison.Ordinal)) Add(_includes, text[4..], call.Span);
    }

    private void Included(Expression? name, Call call)
    {
        if (name is Literal { Value: string text }) Add(_includes, text, call.Span);
        else IncludesAny = true;
    }

    /// <summary>The argument for a parameter, counted with what is piped; null where it isn't given.</summary>
    private static Expression? Given(Call call, int position, string? name)
    {
        if (call.Arguments.FirstOrDefault(argument => argument.Name is not null && argument.Name == name) is { } named) return named.Value;
        var values = call.Arguments.Where(argument => argument.Name is null).Select(argument => argument.Value);
        return (call.Piped is null ? values : values.Prepend(call.Piped)).ElementAtOrDefault(position);
    }

    private static Expression? Bare(Expression? value) => value is Nested nested ? Bare(nested.Inner) : value;

    /// <summary>The path of a variable with its members; null for anything else.</summary>
    private static (string Root, string Text)? Path(SyntaxNode node) => node switch
    {
        GlobalVariable variable => (variable.Name, variable.Name),
        MemberAccess { Target: ThisObject } member => (member.Name, member.Name),
        MemberAccess member when Path(member.Target) is { } of => (of.Root, $"{of.Text}.{member.Name}"),
        _ => null,
    };

    private static void Add(List<VariableUse> to, string path, SourceSpan span)
    {
        var (line, column) = span.Source.Locate(span.Start);
        to.Add(new VariableUse(path, line, column));
    }
}
