namespace CxOrchestrator.Templating.Rendering;

/// <summary>Turns what ended a rendering into its one message.</summary>
internal static class Faults
{
    /// <summary>The message, at the place where the error happened or else at the statement that ran.</summary>
    public static TemplateMessage Message(RenderContext context, Exception fault) => fault switch
    {
        TemplateFault placed => placed.Span.Error(placed.Message),
        ArgumentFault or OperatorFault => context.CurrentSpan.Error(fault.Message),
        // A value of the model that isn't plain, or a bug of ours: told as an error of this place rather than sent half done.
        _ => context.CurrentSpan.Error($"This can't be rendered: {fault.Message}"),
    };
}
