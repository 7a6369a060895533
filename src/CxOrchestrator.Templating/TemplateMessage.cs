namespace CxOrchestrator.Templating;

/// <summary>How serious a <see cref="TemplateMessage"/> is.</summary>
public enum TemplateSeverity
{
    /// <summary>The template parses and renders, but probably not as its author meant.</summary>
    Warning,

    /// <summary>The template cannot be used.</summary>
    Error,
}

/// <summary>One finding about a template's text, at a place in it.</summary>
/// <param name="Severity">Error or warning.</param>
/// <param name="Source">Name of the text as it was given to the parser; an included template has its own.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Text">What is wrong and what to do, for the author.</param>
public sealed record TemplateMessage(TemplateSeverity Severity, string Source, int Line, int Column, string Text)
{
    /// <summary>The form in which Scriban prints it: <c>name(1,2) : error : text</c>.</summary>
    public override string ToString() =>
        $"{Source}({Line},{Column}) : {(Severity == TemplateSeverity.Error ? "error" : "warning")} : {Text}";
}
