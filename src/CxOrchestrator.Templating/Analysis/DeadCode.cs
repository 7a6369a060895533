using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Analysis;

/// <summary>Finds what no rendering ever comes to, and conditions that decide nothing.</summary>
internal sealed class DeadCode
{
    private const string Truths = " (only false and null are false; 0 and an empty text are true)";

    private readonly List<TemplateMessage> _messages = [];

    /// <summary>Warnings, in the order of the tree.</summary>
    public static IReadOnlyList<TemplateMessage> Of(SyntaxNode root)
    {
        var code = new DeadCode();
        code.Visit(root);
        return code._messages;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case Block block:
                AfterJump(block);
                break;
            case IfStatement choice:
                Branches(choice);
                break;
            case CaseStatement choice:
                Values(choice);
                break;
            case WhileStatement { Condition: var condition } when Constants.Truth(condition) == false:
                Warn(condition.Span, "This condition is always false: the loop never runs. Remove it, or write the condition that was meant.");
                break;
            case Conditional { Condition: var condition } when Constants.Truth(condition) is { } truth:
                Warn(condition.Span, $"This condition is always {Word(truth)}: the other value is never taken. Keep the one value.");
                break;
        }

        foreach (var child in node.Children) Visit(child);
    }

    private void Branches(IfStatement choice)
    {
        var seen = new Dictionary<string, Expression>(StringComparer.Ordinal);
        for (var i = 0; i < choice.Branches.Count; i++)
        {
            var condition = choice.Branches[i].Condition;
            var truth = Constants.Truth(condition);
            if (truth == false)
            {
                Warn(condition.Span, "This condition is always false: what belongs to it is never printed. Remove it, or write the condition that was meant.");
            }
            else if (truth == true)
            {
                var below = i + 1 < choice.Branches.Count || choice.Otherwise is not null;
                Warn(condition.Span, $"This condition is always true{Truths}: {(below ? "what stands in the branches below is never printed" : "the `if` decides nothing")}. Remove the `if`, or write the condition that was meant.");
                return;
            }

            if (!Repeats(condition)) continue;
            if (!seen.TryAdd(ExpressionPrinter.Print(condition), condition))
                Warn(condition.Span, $"The same condition stands in line {Line(seen[ExpressionPrinter.Print(condition)].Span)} already: what belongs to this one is never printed. Remove it.");
        }
    }

    private void Values(CaseStatement choice)
    {
        if (Constants.IsFixed(choice.Value))
            Warn(choice.Value.Span, "This value is always the same, so that one branch is always taken. Write the variable that was meant.");
        var seen = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var match in choice.Branches.SelectMany(branch => branch.Matches).Where(Repeats))
        {
            var text = ExpressionPrinter.Print(match);
            if (!seen.TryAdd(text, match))
                Warn(match.Span, $"The value {text} stands in line {Line(seen[text].Span)} already: this one never matches. Remove it.");
        }
    }

    private void AfterJump(Block block)
    {
        for (var i = 0; i + 1 < block.Statements.Count; i++)
        {
            if (block.Statements[i] is not (JumpStatement or ReturnStatement)) continue;
            var dead = block.Statements.Skip(i + 1).FirstOrDefault(statement => statement is not TextStatement text || !string.IsNullOrWhiteSpace(text.Text));
            if (dead is not null)
                Warn(Visible(dead), $"Nothing comes to this: `{block.Statements[i].Span}` in line {Line(block.Statements[i].Span)} always leaves before it. Remove one of the two.");
            return;
        }
    }

    // A text begins with the rest of the line before it, as a rule.
    private static SourceSpan Visible(Statement statement)
    {
        if (statement is not TextStatement text) return statement.Span;
        var white = text.Text.Length - text.Text.AsSpan().TrimStart().Length;
        return new SourceSpan(text.Span.Source, text.Span.Start + white, text.Span.End);
    }

    // What calls a function may be another thing the second time.
    private static bool Repeats(SyntaxNode node) => node is not (Call or Increment or FunctionLiteral) && node.Children.All(Repeats);

    private static string Word(bool truth) => truth ? "true" : "false";

    private static int Line(SourceSpan span) => span.Source.Locate(span.Start).Line;

    private void Warn(SourceSpan span, string text) => _messages.Add(span.Message(TemplateSeverity.Warning, text));
}
