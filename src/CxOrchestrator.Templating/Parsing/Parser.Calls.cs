using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Parsing;

internal sealed partial class Parser
{
    /// <summary>The last call written with parentheses: before a <c>=</c> it declares a function.</summary>
    private Call? _parenthesized;

    /// <summary>Conditions whose <c>:</c> is still to come.</summary>
    private int _conditions;

    /// <summary>Does the current token start an argument behind a function's name?</summary>
    private bool StartsArgument() => Kind is TokenKind.Identifier or TokenKind.Local or TokenKind.Integer or TokenKind.HexInteger
        or TokenKind.BinaryInteger or TokenKind.Float or TokenKind.String or TokenKind.InterpolatedStart or TokenKind.OpenParen
        or TokenKind.OpenBracket or TokenKind.OpenBrace or TokenKind.Not or TokenKind.At or TokenKind.Caret;

    /// <summary>A call with arguments separated by spaces.</summary>
    private Call CallWith(Expression target, Expression? piped)
    {
        var arguments = new List<Argument>();
        while (StartsArgument()) arguments.Add(SpacedArgument());
        return Built(target, arguments, piped, false);
    }

    private Call Built(Expression target, List<Argument> arguments, Expression? piped, bool parenthesized)
    {
        var call = new Call(From(target.Span.Start), target, [.. arguments], piped, parenthesized);
        return Grown(call, target, piped, arguments.MaxBy(argument => argument.Value.Depth)?.Value);
    }

    private Argument SpacedArgument()
    {
        var start = CurrentSpan;
        if (!AtNamedArgument()) return Positional(Expression(0, true), start);
        var name = Current.Value;
        Advance();
        Advance();
        var value = Expression(0, true);
        return new Argument(start.To(value.Span), name, value);
    }

    private bool AtNamedArgument() => Kind == TokenKind.Identifier && Ahead(1) == TokenKind.Colon && _tokens[_at + 1].Start == Current.End;

    private Argument Positional(Expression value, SourceSpan start)
    {
        if (Kind == TokenKind.Colon && value is Literal && _conditions == 0)
            throw new ParseFault(start, "An argument is named by a plain name before the `:`.");
        return new Argument(value.Span, null, value);
    }

    /// <summary>A call with arguments in parentheses right behind the name.</summary>
    private Call ParenthesizedCall(Expression target)
    {
        var arguments = new List<Argument>();
        _brackets++;
        Advance();
        while (Kind != TokenKind.CloseParen)
        {
            arguments.Add(ListedArgument());
            if (Kind == TokenKind.Comma) Advance();
            else if (Kind != TokenKind.CloseParen) throw Unexpected("Arguments are separated by `,` and closed by `)`");
        }

        _brackets--;
        Advance();
        return _parenthesized = Built(target, arguments, null, true);
    }

    private Argument ListedArgument()
    {
        var start = CurrentSpan;
        string? name = null;
        if (AtNamedArgument())
        {
            name = Current.Value;
            Advance();
            Advance();
        }

        var value = Value();
        return new Argument(start.To(value.Span), name, value);
    }

    /// <summary><c>value | function arguments</c>.</summary>
    private Call PipeWith(Expression piped)
    {
        Advance();
        SkipNewLines();
        var target = Postfix();
        // What was piped comes before arguments in parentheses too.
        if (target is Call { Piped: null } call && ReferenceEquals(call, _parenthesized))
            return Built(call.Target, [.. call.Arguments], piped, true);
        return CallWith(target, piped);
    }
}
