using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Parsing;

internal sealed partial class Parser
{
    private ForStatement For(string? indent, bool table)
    {
        var start = Current;
        var word = start.Value!;
        Advance();
        var header = Header(() => ForHeader(start)) ?? new LoopHeader(new GlobalVariable(Span(start), ""), Nothing(), new(null, null, null, false));
        var body = Body();
        Block? otherwise = null;
        if (Is("else"))
        {
            Advance();
            otherwise = Else();
        }

        End(word, start.Start);
        return new ForStatement(From(start.Start), table, header.Variable, header.List, header.Options, body, otherwise) { Indent = indent };
    }

    private LoopHeader ForHeader(Token start)
    {
        Reference variable = Kind switch
        {
            TokenKind.Local => Local(),
            TokenKind.Identifier => Global(),
            _ => throw Unexpected("A loop needs a variable: `for x in list`"),
        };
        if (!Is("in")) throw new ParseFault(Span(start), $"A loop is written `{start.Value} x in list`: the `in` is missing.");
        Advance();
        var list = Expression(0, false, true);
        RejectAssignment(list);
        return new LoopHeader(variable, list, Options());
    }

    private LoopOptions Options()
    {
        Expression? offset = null, limit = null, columns = null;
        var reversed = false;
        while (AtLoopOption())
        {
            var name = Current.Value;
            Advance();
            if (name == "reversed")
            {
                reversed = true;
                continue;
            }

            Expect(TokenKind.Colon, $"`{name}` of a loop is written `{name}: number`");
            var value = Expression(0, true);
            if (name == "offset") offset = value;
            else if (name == "limit") limit = value;
            else columns = value;
        }

        return new LoopOptions(offset, limit, columns, reversed);
    }

    private bool AtLoopOption() =>
        Is("reversed") || (Kind == TokenKind.Identifier && Current.Value is "offset" or "limit" or "cols" && Ahead(1) == TokenKind.Colon);

    private WhileStatement While(string? indent)
    {
        var start = Current.Start;
        Advance();
        var condition = Header(Value) ?? Nothing();
        var body = Body();
        End("while", start);
        return new WhileStatement(From(start), condition, body) { Indent = indent };
    }

    private sealed record LoopHeader(Reference Variable, Expression List, LoopOptions Options);
}
