using System.Runtime.CompilerServices;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Parsing;

/// <summary>Makes a tree of a template's tokens. Goes on behind a faulty statement, so that all faults are reported at once.</summary>
internal sealed partial class Parser
{
    /// <summary>More messages than that help nobody.</summary>
    private const int MostMessages = 25;

    /// <summary>Blocks and brackets within each other.</summary>
    private const int DeepestNesting = 100;

    /// <summary>Operators, members and calls upon each other in one expression.</summary>
    private const int DeepestExpression = 500;

    private readonly SourceText _source;
    private readonly List<Token> _tokens;
    private readonly List<TemplateMessage> _messages;
    private int _at;
    private int _brackets;
    private int _nesting;

    private Parser(SourceText source, List<Token> tokens, List<TemplateMessage> messages)
    {
        _source = source;
        _tokens = tokens;
        _messages = messages;
    }

    private Token Current => _tokens[_at];

    private TokenKind Kind => _tokens[_at].Kind;

    /// <summary>Parses a whole template. With an error among the messages the tree is not to be used.</summary>
    public static Block Template(SourceText source, List<Token> tokens, List<TemplateMessage> messages)
    {
        var parser = new Parser(source, tokens, messages);
        var statements = new List<Statement>();
        while (true)
        {
            parser.Statements(statements);
            if (parser.Kind == TokenKind.End || messages.Count >= MostMessages) break;
            parser.StrayTerminator();
        }

        return new Block(parser.From(0), [.. statements]);
    }

    /// <summary>Parses one expression. Null where there is an error among the messages.</summary>
    public static Expression? Single(SourceText source, List<Token> tokens, List<TemplateMessage> messages)
    {
        var parser = new Parser(source, tokens, messages);
        try
        {
            parser.SkipNewLines();
            var value = parser.Value();
            parser.SkipNewLines();
            if (parser.Kind != TokenKind.End) throw parser.Unexpected("The expression should end here");
            return value;
        }
        catch (ParseFault fault)
        {
            parser.Report(fault);
            return null;
        }
    }

    private void Advance()
    {
        if (Kind != TokenKind.End) _at++;
        if (_brackets > 0) SkipNewLines();
    }

    private void SkipNewLines()
    {
        while (Kind == TokenKind.NewLine) _at++;
    }

    private bool Is(string word) => Kind == TokenKind.Identifier && Current.Value == word;

    private TokenKind Ahead(int tokens) => _at + tokens < _tokens.Count ? _tokens[_at + tokens].Kind : TokenKind.End;

    private SourceSpan Span(in Token token) => new(_source, token.Start, token.End);

    private SourceSpan CurrentSpan => Span(Current);

    /// <summary>From an offset to the end of the last token taken.</summary>
    private SourceSpan From(int start) => new(_source, start, _at == 0 ? start : Math.Max(start, _tokens[_at - 1].End));

    private void Expect(TokenKind kind, string what)
    {
        if (Kind != kind) throw Unexpected(what);
        Advance();
    }

    /// <summary>The current token isn't what is needed; what the lexer found wrong with it comes first.</summary>
    private ParseFault Unexpected(string needed)
    {
        if (Kind == TokenKind.Error) return new ParseFault(CurrentSpan, Current.Value!);
        var found = Kind switch
        {
            TokenKind.End => "the end of the text",
            TokenKind.NewLine => "the end of the line",
            _ => $"`{CurrentSpan}`",
        };
        // In a template the end is far from the author's eyes: the last thing that was written is shown.
        var span = Kind == TokenKind.End && _codeBlock > 0 ? LastToken : CurrentSpan;
        return new ParseFault(span, $"{needed}, but here is {found}.");
    }

    private void Report(ParseFault fault)
    {
        if (_messages.Count < MostMessages) _messages.Add(fault.Span.Error(fault.Message));
    }

    private void Report(SourceSpan span, string message) => Report(new ParseFault(span, message));

    private bool AtStatementEnd => Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.CodeExit or TokenKind.End;

    private void EndStatement()
    {
        if (!AtStatementEnd) throw Unexpected("The statement should end here, with the line, a `;` or `}}`");
        if (Kind is TokenKind.NewLine or TokenKind.Semicolon) Advance();
    }

    private void SkipStatement()
    {
        while (!AtStatementEnd) _at++;
    }

    /// <summary>The last token that there is: where a missing <c>end</c> is reported.</summary>
    private SourceSpan LastToken => Span(_tokens[Math.Max(0, _tokens.Count - 2)]);

    private void Nest()
    {
        if (++_nesting > DeepestNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ParseFault(CurrentSpan, $"Blocks and brackets are nested more than {DeepestNesting} deep.");
    }

    private void Unnest() => _nesting--;

    /// <summary>Sets how deep an expression is and limits it, as evaluating it takes as many calls within each other.</summary>
    private T Grown<T>(T node, params ReadOnlySpan<Expression?> parts)
        where T : Expression
    {
        var depth = 0;
        foreach (var part in parts) depth = Math.Max(depth, part?.Depth ?? 0);
        node.Depth = depth + 1;
        if (node.Depth > DeepestExpression)
            throw new ParseFault(CurrentSpan, $"The expression has more than {DeepestExpression} operators upon each other; cut it in parts.");
        return node;
    }
}
