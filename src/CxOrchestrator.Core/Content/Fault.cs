namespace CxOrchestrator.Core.Content;

/// <summary>A fault in something that people write: what, where, what to do.</summary>
/// <param name="File">The file, relative to the content folder.</param>
/// <param name="Line">Line, from 1; 0 where there is none.</param>
/// <param name="Column">Column, from 1; 0 where there is none.</param>
/// <param name="Text">What is wrong and what to do.</param>
/// <param name="IsWarning">True where it can be published all the same.</param>
public sealed record Fault(string File, int Line, int Column, string Text, bool IsWarning = false)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}:{Column}: " : $"{File}: ") + (IsWarning ? "warning: " : "error: ") + Text;
}
