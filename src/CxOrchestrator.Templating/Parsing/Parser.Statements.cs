using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Parsing;

internal sealed partial class Parser
{
    private string? _indent;
    private int _codeBlock;

    /// <summary>Statements up to a word that ends them, which stays current, or the end of the text.</summary>
    private Block Body()
    {
        Nest();
        var start = Current.Start;
        var statements = new List<Statement>();
        Statements(statements);
        Unnest();
        return new Block(From(start), [.. statements]);
    }

    private void Statements(List<Statement> into)
    {
        while (_messages.Count < MostMessages)
        {
            switch (Kind)
            {
                case TokenKind.End:
                    return;
                case TokenKind.Text:
                    into.Add(new TextStatement(CurrentSpan));
                    Advance();
                    break;
                case TokenKind.CodeEnter:
                    _indent = Current.Value;
                    _codeBlock++;
                    Advance();
                    break;
                case TokenKind.CodeExit:
                    _indent = null;
                    Advance();
                    break;
                case TokenKind.NewLine or TokenKind.Semicolon:
                    Advance();
                    break;
                default:
                    if (Kind == TokenKind.Identifier && Current.Value is "end" or "else" or "when") return;
                    if (Guarded() is { } statement) into.Add(statement);
                    break;
            }
        }
    }

    /// <summary>A statement, or null where it is faulty; the indentation of its code block is its own, not that of its parts.</summary>
    private Statement? Guarded()
    {
        var indent = _indent;
        var codeBlock = _codeBlock;
        var brackets = _brackets;
        var nesting = _nesting;
        _indent = null;
        try
        {
            return Statement(indent);
        }
        catch (ParseFault fault)
        {
            _brackets = brackets;
            _nesting = nesting;
            _conditions = 0;
            Report(fault);
            SkipStatement();
            return null;
        }
        finally
        {
            if (codeBlock == _codeBlock) _indent = indent;
        }
    }

    private Statement? Statement(string? indent)
    {
        var start = Current;
        if (start.Kind == TokenKind.Identifier && !(start.Value is "for" or "while" or "tablerow" && Ahead(1) == TokenKind.Dot))
        {
            switch (start.Value)
            {
                case "if": return If(indent);
                case "case": return Case(indent);
                case "for": return For(indent, false);
                case "tablerow": return For(indent, true);
                case "while": return While(indent);
                case "capture": return Capture(indent);
                case "with": return With(indent);
                case "func": return Function();
                case "wrap": return Wrap();
                case "import": return Import();
                case "readonly": return ReadOnly();
                case "ret": return Return(indent);
                case "break" or "continue": return Jump(start.Value == "break" ? Flow.Break : Flow.Continue);
            }
        }

        return Simple(indent);
    }

    /// <summary>An assignment, an inline function or an expression to print.</summary>
    private Statement Simple(string? indent)
    {
        var start = Current.Start;
        var expression = Expression(0, false);
        Statement statement;
        if (AssignOperator(Kind, out var op))
        {
            var opSpan = CurrentSpan;
            if (op is null && expression is Call call && ReferenceEquals(call, _parenthesized)) return InlineFunction(call, start);
            if (expression is not Reference { IsAssignable: true } target)
                throw new ParseFault(expression.Span, $"`{expression.Span}` can't be assigned to: only variables, members and items can.");
            Advance();
            var value = Value();
            statement = new AssignStatement(From(start), target, op, opSpan, value) { Indent = indent };
        }
        else
        {
            statement = new PrintStatement(expression.Span, expression) { Indent = indent };
        }

        EndStatement();
        return statement;
    }

    private static bool AssignOperator(TokenKind kind, out BinaryOperator? op)
    {
        op = kind switch
        {
            TokenKind.PlusAssign => BinaryOperator.Add,
            TokenKind.MinusAssign => BinaryOperator.Subtract,
            TokenKind.StarAssign => BinaryOperator.Multiply,
            TokenKind.SlashAssign => BinaryOperator.Divide,
            TokenKind.DoubleSlashAssign => BinaryOperator.DivideWhole,
            TokenKind.PercentAssign => BinaryOperator.Modulo,
            _ => null,
        };
        return kind == TokenKind.Assign || op is not null;
    }

    private CaptureStatement Capture(string? indent)
    {
        var start = Current.Start;
        Advance();
        var at = CurrentSpan;
        var target = Header(() => Postfix() is Reference { IsAssignable: true } variable ? variable : throw new ParseFault(at, "`capture` needs a variable to set."));
        var body = Body();
        End("capture", start);
        return new CaptureStatement(From(start), target ?? new GlobalVariable(From(start), ""), body) { Indent = indent };
    }

    private WithStatement With(string? indent)
    {
        var start = Current.Start;
        Advance();
        var target = Header(Value) ?? Nothing();
        var body = Body();
        End("with", start);
        return new WithStatement(From(start), target, body) { Indent = indent };
    }

    private ImportStatement Import()
    {
        var start = Current.Start;
        Advance();
        var source = Value();
        EndStatement();
        return new ImportStatement(From(start), source);
    }

    private ReadOnlyStatement ReadOnly()
    {
        var start = Current.Start;
        Advance();
        var at = CurrentSpan;
        if (Postfix() is not Reference variable || variable is not (GlobalVariable or LocalVariable))
            throw new ParseFault(at, "`readonly` needs the name of a variable.");
        EndStatement();
        return new ReadOnlyStatement(From(start), variable);
    }

    private ReturnStatement Return(string? indent)
    {
        var start = Current.Start;
        Advance();
        var value = AtStatementEnd ? null : Value();
        var span = From(start);
        EndStatement();
        return new ReturnStatement(span, value) { Indent = indent };
    }

    private JumpStatement Jump(Flow flow)
    {
        var span = CurrentSpan;
        Advance();
        EndStatement();
        return new JumpStatement(span, flow);
    }

    /// <summary>What stands behind a word that opens a block. Where it is faulty, the block is parsed all the same.</summary>
    private T? Header<T>(Func<T> parse)
        where T : class
    {
        var brackets = _brackets;
        var nesting = _nesting;
        try
        {
            var header = parse();
            EndStatement();
            return header;
        }
        catch (ParseFault fault)
        {
            _brackets = brackets;
            _nesting = nesting;
            _conditions = 0;
            Report(fault);
            SkipStatement();
            return null;
        }
    }

    private Literal Nothing() => new(CurrentSpan, null);

    /// <summary>The <c>end</c> of a block.</summary>
    private void End(string opened, int start)
    {
        if (Is("end"))
        {
            Advance();
            if (!AtStatementEnd) Report(Unexpected("The statement should end behind `end`"));
            return;
        }

        if (_messages.Count >= MostMessages) return;
        var (line, _) = _source.Locate(start);
        if (Kind == TokenKind.End) Report(LastToken, $"The `{opened}` of line {line} has no `end`.");
        else Report(CurrentSpan, $"The `{opened}` of line {line} has no `end` before this `{Current.Value}`.");
    }
}
