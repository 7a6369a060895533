using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Parsing;

internal sealed partial class Parser
{
    /// <summary>A value with its members, items and arguments in parentheses.</summary>
    private Expression Postfix()
    {
        var value = Primary();
        while (true)
        {
            // A space before a bracket makes it an argument.
            var adjacent = _at > 0 && _tokens[_at - 1].End == Current.Start;
            if (Kind is TokenKind.Dot or TokenKind.QuestionDot) value = MemberOf(value);
            else if (Kind == TokenKind.OpenBracket && adjacent) value = ItemOf(value);
            else if (Kind == TokenKind.OpenParen && adjacent && value is Reference and not Nested) value = ParenthesizedCall(value);
            else return value;
        }
    }

    private MemberAccess MemberOf(Expression target)
    {
        var optional = Kind == TokenKind.QuestionDot;
        Advance();
        if (Kind != TokenKind.Identifier) throw Unexpected("Behind the dot the name of a member is needed");
        var name = Current.Value!;
        var nameSpan = CurrentSpan;
        if (target is GlobalVariable { Name: var of }) LeftOut.Check(of, name, target.Span);
        Advance();
        return Grown(new MemberAccess(target.Span.To(nameSpan), target, name, nameSpan, optional), target);
    }

    private ItemAccess ItemOf(Expression target)
    {
        _brackets++;
        Advance();
        var index = Value();
        if (Kind != TokenKind.CloseBracket) throw Unexpected("The item is not closed: a `]` is needed");
        _brackets--;
        var span = target.Span.To(CurrentSpan);
        Advance();
        return Grown(new ItemAccess(span, target, index), target, index);
    }

    private Expression Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                return Name();
            case TokenKind.Local:
                return Local();
            case TokenKind.String:
                Advance();
                return new Literal(Span(token), token.Value);
            case TokenKind.Integer or TokenKind.HexInteger or TokenKind.BinaryInteger or TokenKind.Float:
                Advance();
                return new Literal(Span(token), NumberLiteral.Read(token.Kind, token.Value!) ??
                    throw new ParseFault(Span(token), $"The number `{token.Value}` is too large."));
            case TokenKind.InterpolatedStart:
                return Interpolated();
            case TokenKind.OpenParen:
                return Parenthesis();
            case TokenKind.OpenBracket:
                return List();
            case TokenKind.OpenBrace:
                return Map();
            default:
                throw Unexpected("A value is needed");
        }
    }

    private Expression Name()
    {
        var token = Current;
        var span = Span(token);
        if (token.Value == "do") return AnonymousFunction();
        Advance();
        switch (token.Value)
        {
            case "true": return new Literal(span, Box.True);
            case "false": return new Literal(span, Box.False);
            case "null": return new Literal(span, null);
            case "this": return new ThisObject(span);
            case "for" or "while" or "tablerow" when Kind == TokenKind.Dot && Ahead(1) == TokenKind.Identifier:
                var member = _tokens[_at + 1].Value!;
                if (!LoopState.Knows(token.Value, member))
                    throw new ParseFault(span, $"A `{token.Value}` loop has no member `{member}`.");
                break;
        }

        return new GlobalVariable(span, token.Value!);
    }

    private GlobalVariable Global()
    {
        var variable = new GlobalVariable(CurrentSpan, Current.Value!);
        Advance();
        return variable;
    }

    private Reference Local()
    {
        var token = Current;
        Advance();
        var name = token.Value!;
        if (name.Length == 0 || !char.IsAsciiDigit(name[0])) return new LocalVariable(Span(token), name);
        return int.TryParse(name, out var index)
            ? new PositionalArgument(Span(token), index)
            : throw new ParseFault(Span(token), $"There is no argument number {name}.");
    }

    private InterpolatedString Interpolated()
    {
        var start = Current.Start;
        var parts = new List<Expression>();
        var brackets = _brackets;
        _brackets = 0;
        Advance();
        while (Kind != TokenKind.InterpolatedEnd)
        {
            if (Kind == TokenKind.InterpolatedText)
            {
                parts.Add(new Literal(CurrentSpan, Current.Value));
                Advance();
                continue;
            }

            Expect(TokenKind.InterpolationOpen, "The string is not closed");
            parts.Add(Value());
            Expect(TokenKind.InterpolationClose, "The expression in the string is not closed: a `}` is needed");
        }

        _brackets = brackets;
        Advance();
        return Grown(new InterpolatedString(From(start), [.. parts]), parts.MaxBy(part => part.Depth));
    }

    private Nested Parenthesis()
    {
        var start = Current.Start;
        _brackets++;
        Advance();
        var inner = Value();
        if (Kind != TokenKind.CloseParen) throw Unexpected("The parenthesis is not closed: a `)` is needed");
        _brackets--;
        Advance();
        return Grown(new Nested(From(start), inner), inner);
    }

    private ListLiteral List()
    {
        var start = Current.Start;
        var items = new List<Expression>();
        _brackets++;
        Advance();
        while (Kind != TokenKind.CloseBracket)
        {
            items.Add(Value());
            if (Kind == TokenKind.Comma) Advance();
            else if (Kind != TokenKind.CloseBracket) throw Unexpected("The list is not closed: a `,` or `]` is needed");
        }

        _brackets--;
        Advance();
        return Grown(new ListLiteral(From(start), [.. items]), items.MaxBy(item => item.Depth));
    }

    private MapLiteral Map()
    {
        var start = Current.Start;
        var members = new List<(string, Expression)>();
        Expression? deepest = null;
        _brackets++;
        Advance();
        while (Kind != TokenKind.CloseBrace)
        {
            if (Kind is not (TokenKind.Identifier or TokenKind.String)) throw Unexpected("The name of a member is needed");
            var name = Current.Value!;
            Advance();
            Expect(TokenKind.Colon, $"A `:` is needed behind the name `{name}` of a member");
            var value = Value();
            if (deepest is null || value.Depth > deepest.Depth) deepest = value;
            members.Add((name, value));
            if (Kind == TokenKind.Comma) Advance();
            else if (Kind != TokenKind.CloseBrace) throw Unexpected("The object is not closed: a `,` or `}` is needed");
        }

        _brackets--;
        Advance();
        return Grown(new MapLiteral(From(start), [.. members]), deepest);
    }
}
