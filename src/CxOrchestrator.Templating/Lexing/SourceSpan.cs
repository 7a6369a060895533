namespace CxOrchestrator.Templating.Lexing;

/// <summary>A stretch of a source text, the end excluded.</summary>
internal readonly record struct SourceSpan(SourceText Source, int Start, int End)
{
    /// <summary>The text itself, as its author wrote it.</summary>
    public override string ToString()
    {
        var text = Source.Text;
        var start = Math.Clamp(Start, 0, text.Length);
        return text[start..Math.Clamp(End, start, text.Length)];
    }

    /// <summary>From the start of this span to the end of another.</summary>
    public SourceSpan To(SourceSpan last) => new(Source, Start, Math.Max(End, last.End));

    /// <summary>The place right behind this span.</summary>
    public SourceSpan After() => new(Source, End, End);

    /// <summary>An error at the start of this span.</summary>
    public TemplateMessage Error(string message) => Message(TemplateSeverity.Error, message);

    /// <summary>A message at the start of this span.</summary>
    public TemplateMessage Message(TemplateSeverity severity, string message)
    {
        var (line, column) = Source.Locate(Start);
        return new TemplateMessage(severity, Source.Name, line, column, message);
    }
}
