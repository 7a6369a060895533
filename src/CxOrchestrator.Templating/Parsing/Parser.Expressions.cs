using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Parsing;

internal sealed partial class Parser
{
    /// <summary>What <c>when</c> takes: its values are separated by <c>||</c>.</summary>
    private const int AboveOr = 3;

    /// <summary>An expression in which nothing is assigned.</summary>
    private Expression Value()
    {
        var value = Expression(0, false);
        RejectAssignment(value);
        return value;
    }

    private void RejectAssignment(Expression before)
    {
        if (AssignOperator(Kind, out _))
            throw new ParseFault(before.Span, $"An assignment is a statement of its own and can't stand in an expression. Write `==` to compare with `{before.Span}`.");
    }

    /// <summary>An expression.</summary>
    /// <param name="least">Operators that bind less than that end it; 0 takes all.</param>
    /// <param name="argument">It is one of several arguments: what follows by a space isn't its own argument, and a pipe ends it.</param>
    /// <param name="loop">It is the list of a loop, whose options may follow it.</param>
    private Expression Expression(int least, bool argument, bool loop = false)
    {
        Nest();
        var left = Operand(argument, loop);
        while (true)
        {
            if (Kind == TokenKind.NewLine && !argument && least == 0 && PipeOnNextLine()) SkipNewLines();
            var precedence = Precedence(Kind);
            if (precedence > 0)
            {
                if (precedence < least) break;
                left = BinaryWith(left, precedence, argument);
            }
            else if (Kind == TokenKind.Question && least == 0 && !argument)
            {
                left = ConditionalWith(left);
            }
            else if (Kind == TokenKind.Pipe && least == 0 && !argument)
            {
                left = PipeWith(left);
            }
            else
            {
                break;
            }
        }

        Unnest();
        return left;
    }

    private bool PipeOnNextLine()
    {
        var ahead = 1;
        while (Ahead(ahead) == TokenKind.NewLine) ahead++;
        return Ahead(ahead) == TokenKind.Pipe;
    }

    private static int Precedence(TokenKind kind) => kind switch
    {
        TokenKind.DoubleQuestion or TokenKind.QuestionExclamation => 1,
        TokenKind.Or => 2,
        TokenKind.And => 3,
        TokenKind.EqualEqual or TokenKind.NotEqual => 4,
        TokenKind.Less or TokenKind.LessEqual or TokenKind.Greater or TokenKind.GreaterEqual => 5,
        TokenKind.Plus or TokenKind.Minus => 7,
        TokenKind.Star or TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent => 8,
        TokenKind.ShiftLeft or TokenKind.ShiftRight => 8,
        TokenKind.Range or TokenKind.RangeExclusive => 10,
        _ => 0,
    };

    private Expression BinaryWith(Expression left, int precedence, bool argument)
    {
        var token = Current;
        Advance();
        var right = Expression(precedence + 1, argument);
        var span = left.Span.To(right.Span);
        return token.Kind switch
        {
            TokenKind.And => Grown(new Logic(span, LogicOperator.And, left, right), left, right),
            TokenKind.Or => Grown(new Logic(span, LogicOperator.Or, left, right), left, right),
            TokenKind.DoubleQuestion => Grown(new Logic(span, LogicOperator.IfNull, left, right), left, right),
            TokenKind.QuestionExclamation => Grown(new Logic(span, LogicOperator.IfNotNull, left, right), left, right),
            _ => Grown(new Binary(span, Operator(token.Kind), Span(token), left, right), left, right),
        };
    }

    private static BinaryOperator Operator(TokenKind kind) => kind switch
    {
        TokenKind.EqualEqual => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        TokenKind.Star => BinaryOperator.Multiply,
        TokenKind.Slash => BinaryOperator.Divide,
        TokenKind.DoubleSlash => BinaryOperator.DivideWhole,
        TokenKind.Percent => BinaryOperator.Modulo,
        TokenKind.ShiftLeft => BinaryOperator.ShiftLeft,
        TokenKind.ShiftRight => BinaryOperator.ShiftRight,
        TokenKind.Range => BinaryOperator.RangeInclusive,
        _ => BinaryOperator.RangeExclusive,
    };

    private Conditional ConditionalWith(Expression condition)
    {
        Advance();
        _conditions++;
        var then = Expression(0, false);
        _conditions--;
        Expect(TokenKind.Colon, "A condition is written `test ? value : other value`: the `:` is missing");
        var otherwise = Expression(0, false);
        return Grown(new Conditional(condition.Span.To(otherwise.Span), condition, then, otherwise), condition, then, otherwise);
    }

    /// <summary>A value with the operators before it and the arguments behind it.</summary>
    private Expression Operand(bool argument, bool loop)
    {
        var start = CurrentSpan;
        switch (Kind)
        {
            case TokenKind.Not: return Prefixed(start, UnaryOperator.Not, argument);
            case TokenKind.Minus: return Prefixed(start, UnaryOperator.Negate, argument);
            case TokenKind.Plus: return Prefixed(start, UnaryOperator.Plus, argument);
            case TokenKind.PlusPlus or TokenKind.MinusMinus: return Incremented(start);
            case TokenKind.Caret:
                throw new ParseFault(start, "`^`, which spreads a list into arguments, is left out of the language here.");
            case TokenKind.At:
                Advance();
                var target = Postfix();
                return Grown(new Alias(start.To(target.Span), target), target);
        }

        var value = Postfix();
        if (Kind is TokenKind.PlusPlus or TokenKind.MinusMinus && value is Reference { IsAssignable: true } variable)
        {
            var up = Kind == TokenKind.PlusPlus;
            var span = start.To(CurrentSpan);
            Advance();
            return Grown(new Increment(span, variable, up, false), variable);
        }

        if (argument || (loop && AtLoopOption()) || !StartsArgument()) return value;
        return CallWith(value, null);
    }

    private Unary Prefixed(SourceSpan start, UnaryOperator op, bool argument)
    {
        Advance();
        Nest();
        var operand = Operand(argument, false);
        Unnest();
        return Grown(new Unary(start.To(operand.Span), op, operand), operand);
    }

    private Increment Incremented(SourceSpan start)
    {
        var up = Kind == TokenKind.PlusPlus;
        Advance();
        var operand = Postfix();
        if (operand is not Reference { IsAssignable: true } variable)
            throw new ParseFault(operand.Span, $"`{operand.Span}` can't be counted up or down: only variables, members and items can.");
        return Grown(new Increment(start.To(operand.Span), variable, up, true), variable);
    }
}
