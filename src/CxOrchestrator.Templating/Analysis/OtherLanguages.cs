using CxOrchestrator.Templating.Lexing;

namespace CxOrchestrator.Templating.Analysis;

/// <summary>Warns of words that other template languages use and this one reads as variables, with the right spelling.</summary>
internal static class OtherLanguages
{
    /// <summary>More messages than that help nobody.</summary>
    private const int MostMessages = 25;

    /// <summary>Adds warnings to the messages of a parse.</summary>
    /// <param name="source">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="template">It is a template, not a single expression.</param>
    /// <param name="messages">Where the warnings go.</param>
    public static void Warn(SourceText source, IReadOnlyList<Token> tokens, bool template, List<TemplateMessage> messages)
    {
        var open = -1;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.CodeEnter) open = i;
            else if (token.Kind == TokenKind.CodeExit) open = -1;
            var before = i > 0 ? tokens[i - 1].Kind : TokenKind.End;
            var after = i + 1 < tokens.Count ? tokens[i + 1].Kind : TokenKind.End;
            var hint = token.Kind switch
            {
                TokenKind.Identifier when before is not (TokenKind.Dot or TokenKind.QuestionDot) && after is not (TokenKind.Dot or TokenKind.Colon) =>
                    Word(token.Value!, before, after),
                TokenKind.Text => Tag(source.Text.AsSpan(token.Start..token.End)),
                TokenKind.CodeEnter when Comments(source.Text, token.End) =>
                    "`{{#` starts a comment here. Write `{{ if … }}` or `{{ for … in … }}`.",
                _ => null,
            };
            if (hint is not null && messages.Count < MostMessages) messages.Add(new SourceSpan(source, token.Start, token.End).Message(TemplateSeverity.Warning, hint));
        }

        if (template && open >= 0)
            messages.Add(new SourceSpan(source, tokens[open].Start, tokens[open].End).Message(TemplateSeverity.Warning, "This `{{` has no `}}`."));
    }

    private static string? Word(string word, TokenKind before, TokenKind after)
    {
        var starts = before is TokenKind.CodeEnter or TokenKind.NewLine or TokenKind.Semicolon;
        var ends = after is TokenKind.CodeExit or TokenKind.NewLine or TokenKind.Semicolon or TokenKind.End;
        var right = word switch
        {
            "elseif" or "elsif" or "elif" when starts => "else if",
            "endif" or "endfor" or "endunless" or "endcase" or "endwhile" or "endcapture" when starts => "end",
            "unless" when starts => "if !(…)",
            "foreach" or "each" when starts && !ends => "for … in …",
            "assign" or "set" or "let" or "var" when starts && after == TokenKind.Identifier => "name = value",
            "switch" when starts && !ends => "case",
            "return" when starts => "ret",
            "and" when !starts && !ends => "&&",
            "or" when !starts && !ends => "||",
            "not" when !ends => "!",
            "nil" or "None" or "undefined" => "null",
            "True" => "true",
            "False" => "false",
            "upcase" or "downcase" or "capitalize" or "truncate" or "strip" or "replace" or "split" or "append" or "prepend"
                when before == TokenKind.Pipe => $"string.{word}",
            "join" or "first" or "last" or "sort" or "reverse" or "uniq" or "map" when before == TokenKind.Pipe => $"array.{word}",
            "round" or "ceil" or "floor" or "abs" or "plus" or "minus" or "times" when before == TokenKind.Pipe => $"math.{word}",
            "escape" or "strip_html" or "newline_to_br" or "url_encode" when before == TokenKind.Pipe =>
                word == "strip_html" ? "html.strip" : $"html.{word}",
            "default" when before == TokenKind.Pipe => "object.default",
            _ => null,
        };
        return right is null ? null : $"`{word}` is of another template language and a variable here. Write `{right}`.";
    }

    private static string? Tag(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf("{%");
        return at >= 0 && text[(at + 2)..].TrimStart("- ") is [var c, ..] && char.IsAsciiLetter(c)
            ? "`{% … %}` is of another template language and printed as it is. Write `{{ … }}`."
            : null;
    }

    private static bool Comments(string text, int at) => at + 1 < text.Length && text[at] == '#' && char.IsAsciiLetter(text[at + 1]);
}
