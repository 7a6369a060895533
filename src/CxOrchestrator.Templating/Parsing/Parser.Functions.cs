using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Parsing;

internal sealed partial class Parser
{
    private FunctionStatement Function()
    {
        var start = Current;
        Advance();
        var header = Header(() => FunctionHeader(start));
        var body = Body();
        End("func", start.Start);
        var (name, parameters) = header ?? new(new GlobalVariable(Span(start), ""), null);
        var function = new FunctionLiteral(From(start.Start), name.Span.ToString(), parameters, body, null);
        return new FunctionStatement(From(start.Start), name, function);
    }

    private NamedHeader FunctionHeader(Token start)
    {
        Reference name = Kind switch
        {
            TokenKind.Local => Local(),
            TokenKind.Identifier => Global(),
            _ => throw new ParseFault(Span(start), "`func` needs a name: `func f … end`."),
        };
        while (Kind == TokenKind.Dot && Ahead(1) == TokenKind.Identifier)
        {
            Advance();
            name = Grown(new MemberAccess(name.Span.To(CurrentSpan), name, Current.Value!, CurrentSpan, false), name);
            Advance();
        }

        return new NamedHeader(name, Kind == TokenKind.OpenParen ? Parameters() : null);
    }

    private ParameterSyntax[] Parameters()
    {
        var parameters = new List<ParameterSyntax>();
        _brackets++;
        Advance();
        while (Kind != TokenKind.CloseParen)
        {
            if (Kind != TokenKind.Identifier) throw Unexpected("The name of a parameter is needed");
            var span = CurrentSpan;
            var parameter = Parameter();
            if (parameters.Count > 0 && (parameters[^1].Rest || (parameters[^1].Default is not null && parameter is { Default: null, Rest: false })))
                throw new ParseFault(span, $"`{parameter.Name}` has to stand before the parameters that may be left out.");
            if (parameters.Exists(other => other.Name == parameter.Name))
                throw new ParseFault(span, $"There are two parameters named `{parameter.Name}`.");
            parameters.Add(parameter);
            if (Kind == TokenKind.Comma) Advance();
            else if (Kind != TokenKind.CloseParen) throw Unexpected("Parameters are separated by `,` and closed by `)`");
        }

        _brackets--;
        Advance();
        return [.. parameters];
    }

    private ParameterSyntax Parameter()
    {
        var name = Current.Value!;
        Advance();
        if (Kind == TokenKind.Ellipsis)
        {
            Advance();
            return new ParameterSyntax(name, null, true);
        }

        if (Kind != TokenKind.Assign) return new ParameterSyntax(name, null, false);
        Advance();
        return new ParameterSyntax(name, Expression(0, false), false);
    }

    /// <summary><c>f(x) = x + 1</c>; what stands before the <c>=</c> was parsed as a call.</summary>
    private FunctionStatement InlineFunction(Call call, int start)
    {
        if (call.Target is not Reference { IsAssignable: true } name) throw new ParseFault(call.Target.Span, "A function needs a name.");
        var parameters = new List<ParameterSyntax>();
        foreach (var argument in call.Arguments)
        {
            if (argument is not { Name: null, Value: GlobalVariable variable })
                throw new ParseFault(argument.Span, "A parameter of an inline function is only a name.");
            parameters.Add(new ParameterSyntax(variable.Name, null, false));
        }

        Advance();
        var value = Value();
        var function = Grown(new FunctionLiteral(From(start), name.Span.ToString(), [.. parameters], null, value), value);
        var statement = new FunctionStatement(From(start), name, function);
        EndStatement();
        return statement;
    }

    /// <summary><c>do … end</c> in an expression. Inside, the ends of lines count again.</summary>
    private FunctionLiteral AnonymousFunction()
    {
        var start = Current.Start;
        var brackets = _brackets;
        var indent = _indent;
        _brackets = 0;
        Advance();
        var parameters = Kind == TokenKind.OpenParen ? Parameters() : null;
        var body = Body();
        if (!Is("end")) throw new ParseFault(LastToken, $"The `do` of line {_source.Locate(start).Line} has no `end`.");
        _brackets = brackets;
        _indent = indent;
        Advance();
        return new FunctionLiteral(From(start), "do", parameters, body, null);
    }

    /// <summary><c>wrap</c> is left out; its block is parsed so that only this is reported.</summary>
    private Statement? Wrap()
    {
        var start = Current;
        Report(CurrentSpan, "`wrap` is left out of the language here. Pass a function instead: `f do … end`.");
        SkipStatement();
        Body();
        End("wrap", start.Start);
        return null;
    }

    private sealed record NamedHeader(Reference Name, ParameterSyntax[]? Parameters);
}
