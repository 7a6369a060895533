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

    /// <summary>Names of included templates, in order.</summary>
    public IReadOnlyList<VariableUse> Includes => _includes;

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
        if (node is Call { Target: GlobalVariable { Name: "include" }, Arguments: [{ Value: Literal { Value: string name } }, ..] })
            Add(_includes, name, node.Span);
        if (Path(node) is { } path)
        {
            if (!_own.Contains(path.Root) && !Library.Root.ContainsKey(path.Root) && path.Root is not ("for" or "while" or "tablerow"))
                Add(_variables, path.Text, node.Span);
            return;
        }

        foreach (var child in node.Children) Visit(child);
    }

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
