using System.Globalization;
using System.Text;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Analysis;

/// <summary>Writes an expression as text. Parentheses are a part of the tree, so what was parsed needs no further ones.</summary>
internal sealed class ExpressionPrinter
{
    private readonly StringBuilder _text = new();

    private ExpressionPrinter()
    {
    }

    /// <summary>The text of an expression.</summary>
    public static string Print(Expression expression)
    {
        var printer = new ExpressionPrinter();
        printer.Write(expression);
        return printer._text.ToString();
    }

    private void Write(Expression expression)
    {
        switch (expression)
        {
            case Literal literal:
                WriteLiteral(literal.Value);
                break;
            case InterpolatedString text:
                WriteInterpolated(text);
                break;
            case MemberAccess member:
                Write(member.Target);
                _text.Append(member.Optional ? "?." : ".").Append(member.Name);
                break;
            case ItemAccess item:
                Write(item.Target);
                Enclosed('[', [item.Index], ']');
                break;
            case Nested nested:
                Enclosed('(', [nested.Inner], ')');
                break;
            case ListLiteral list:
                Enclosed('[', list.Items, ']');
                break;
            case MapLiteral map:
                WriteMap(map);
                break;
            case Call call:
                WriteCall(call);
                break;
            default:
                WriteOperator(expression);
                break;
        }
    }

    private void WriteOperator(Expression expression)
    {
        switch (expression)
        {
            case Binary binary:
                Joined(binary.Left, Operators.Symbol(binary.Operator), binary.Right);
                break;
            case Logic logic:
                Joined(logic.Left, Symbol(logic.Operator), logic.Right);
                break;
            case Conditional choice:
                Joined(choice.Condition, "?", choice.Then);
                _text.Append(" : ");
                Write(choice.Otherwise);
                break;
            case Unary unary:
                _text.Append(unary.Operator switch { UnaryOperator.Not => "!", UnaryOperator.Negate => "-", _ => "+" });
                // Two signs in a row would count down.
                if (unary.Operand is Unary { Operator: not UnaryOperator.Not } or Increment { Before: true }) _text.Append(' ');
                Write(unary.Operand);
                break;
            case Increment step:
                if (step.Before) _text.Append(step.Up ? "++" : "--");
                Write(step.Target);
                if (!step.Before) _text.Append(step.Up ? "++" : "--");
                break;
            case Alias alias:
                _text.Append('@');
                Write(alias.Target);
                break;
            default:
                // Names, arguments and whole functions stand as they were written.
                _text.Append(expression.Span.ToString());
                break;
        }
    }

    private static string Symbol(LogicOperator op) => op switch
    {
        LogicOperator.And => "&&",
        LogicOperator.Or => "||",
        LogicOperator.IfNull => "??",
        _ => "?!",
    };

    private void Joined(Expression left, string op, Expression right)
    {
        Write(left);
        _text.Append(' ').Append(op).Append(' ');
        Write(right);
    }

    private void Enclosed(char open, IReadOnlyList<Expression> items, char close)
    {
        _text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            Write(items[i]);
        }

        _text.Append(close);
    }

    private void WriteMap(MapLiteral map)
    {
        _text.Append('{');
        for (var i = 0; i < map.Members.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            ValueText.Quote(_text, map.Members[i].Name);
            _text.Append(": ");
            Write(map.Members[i].Value);
        }

        _text.Append('}');
    }

    private void WriteCall(Call call)
    {
        if (call.Piped is not null)
        {
            Write(call.Piped);
            _text.Append(" | ");
        }

        Write(call.Target);
        var separator = call.Parenthesized ? "(" : " ";
        foreach (var argument in call.Arguments)
        {
            _text.Append(separator);
            if (argument.Name is not null) _text.Append(argument.Name).Append(": ");
            Write(argument.Value);
            separator = call.Parenthesized ? ", " : " ";
        }

        if (call.Parenthesized) _text.Append(call.Arguments.Count == 0 ? "()" : ")");
    }

    private void WriteInterpolated(InterpolatedString text)
    {
        _text.Append("$\"");
        foreach (var part in text.Parts)
        {
            if (part is Literal { Value: string literal } && part.Span.ToString() is not ['"' or '\'' or '`', ..])
            {
                var escaped = new StringBuilder();
                ValueText.EscapeCode(escaped, literal);
                _text.Append(escaped.Replace("{", "\\{").Replace("}", "\\}"));
                continue;
            }

            Enclosed('{', [part], '}');
        }

        _text.Append('"');
    }

    private void WriteLiteral(object? value)
    {
        switch (value)
        {
            case string text:
                ValueText.Quote(_text, text);
                break;
            case bool truth:
                _text.Append(truth ? "true" : "false");
                break;
            case null:
                _text.Append("null");
                break;
            default:
                _text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                _text.Append(value switch { double => "d", float => "f", decimal => "m", _ => "" });
                break;
        }
    }
}
