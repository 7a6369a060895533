using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Parsing;

internal sealed partial class Parser
{
    private IfStatement If(string? indent)
    {
        var start = Current.Start;
        var branches = new List<(Expression, Block)>();
        Block? otherwise = null;
        Advance();
        branches.Add((Header(Value) ?? Nothing(), Body()));
        while (Is("else") && otherwise is null)
        {
            Advance();
            if (Is("if"))
            {
                Advance();
                branches.Add((Header(Value) ?? Nothing(), Body()));
            }
            else
            {
                otherwise = Else();
            }
        }

        End("if", start);
        return new IfStatement(From(start), [.. branches], otherwise) { Indent = indent };
    }

    private Block Else()
    {
        if (!AtStatementEnd)
        {
            Report(Unexpected("`else` stands alone or as `else if`"));
            SkipStatement();
        }

        return Body();
    }

    private CaseStatement Case(string? indent)
    {
        var start = Current.Start;
        Advance();
        var value = Header(Value) ?? Nothing();
        var before = TextBeforeWhen();
        var branches = new List<(Expression[], Block)>();
        Block? otherwise = null;
        if (Is("else"))
        {
            Report(CurrentSpan, "`else` in a `case` has to stand behind a `when`.");
            Advance();
            otherwise = Else();
        }

        while (Is("when"))
        {
            Advance();
            branches.Add((Header(Matches) ?? [], Body()));
        }

        if (Is("else") && otherwise is null)
        {
            Advance();
            otherwise = Else();
        }

        End("case", start);
        return new CaseStatement(From(start), value, before, [.. branches], otherwise) { Indent = indent };
    }

    /// <summary>Between <c>case</c> and the first <c>when</c> there is nothing but text.</summary>
    private Block TextBeforeWhen()
    {
        var start = Current.Start;
        var texts = new List<Statement>();
        while (_messages.Count < MostMessages && Kind != TokenKind.End && !(Is("when") || Is("else") || Is("end")))
        {
            switch (Kind)
            {
                case TokenKind.Text:
                    texts.Add(new TextStatement(CurrentSpan));
                    Advance();
                    break;
                case TokenKind.CodeEnter:
                    _indent = Current.Value;
                    _codeBlock++;
                    Advance();
                    break;
                case TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit:
                    Advance();
                    break;
                default:
                    Report(CurrentSpan, $"`{CurrentSpan}` stands in a `case` before its first `when`.");
                    Guarded();
                    break;
            }
        }

        return new Block(From(start), [.. texts]);
    }

    private Expression[] Matches()
    {
        var matches = new List<Expression> { Expression(AboveOr, false) };
        while (Kind is TokenKind.Comma or TokenKind.Or)
        {
            Advance();
            SkipNewLines();
            matches.Add(Expression(AboveOr, false));
        }

        return [.. matches];
    }

    /// <summary>An <c>end</c>, <c>else</c> or <c>when</c> that belongs to nothing.</summary>
    private void StrayTerminator()
    {
        var token = Current;
        Advance();
        if (token.Value == "end")
        {
            Report(new SourceSpan(_source, token.End - 1, token.End), "This `end` ends nothing: there is no block before it.");
            return;
        }

        if (token.Value == "else" && Is("if")) Advance();
        SkipStatement();
        Body();
        if (Is("end")) Advance();
        else if (Kind == TokenKind.End) Report(LastToken, $"The `{token.Value}` has no `end`.");
        Report(Span(token), token.Value == "else"
            ? "This `else` belongs to nothing: there is no `if`, `for` or `when` before it."
            : "This `when` belongs to nothing: there is no `case` before it.");
    }
}
