using System.Globalization;
using System.Runtime.CompilerServices;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Syntax;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>The state of one rendering. Used by one thread and thrown away.</summary>
internal sealed class RenderContext
{
    /// <summary>The clock is looked at once in so many steps; a power of two.</summary>
    private const int StepsBetweenChecks = 128;
    private readonly CancellationToken _cancellation;
    private ValueOverlay? _overlay;
    private SyntaxNode _current;
    private int _steps;
    private long _started;
    private long _made;
    private int _calls;

    public RenderContext(IReadOnlyDictionary<string, object?> model, TemplateRenderOptions options, SyntaxNode root,
        CancellationToken cancellation)
    {
        Options = options;
        _current = root;
        _cancellation = cancellation;
        Globals = new GlobalScopes(model, this);
    }

    /// <summary>What the host asked for.</summary>
    public TemplateRenderOptions Options { get; }

    /// <summary>Formats of numbers and dates.</summary>
    public CultureInfo Culture => Options.Culture;

    /// <summary>Where text goes now.</summary>
    public Output Output
    {
        get => field ??= NewOutput();
        set;
    }

    /// <summary>Variables without a dollar sign.</summary>
    public GlobalScopes Globals { get; }

    /// <summary>Variables with a dollar sign.</summary>
    public LocalScope Locals
    {
        get => field ??= new LocalScope(null);
        set;
    }

    /// <summary>What the template changed of the model.</summary>
    public ValueOverlay Overlay => _overlay ??= new ValueOverlay();

    /// <summary>Loops around the current statement within the current call.</summary>
    public int Loops { get; set; }

    /// <summary>What the last <c>ret</c> gave.</summary>
    public object? Returned { get; set; }

    /// <summary>State of <c>array.cycle</c> by group.</summary>
    public Dictionary<string, int> Cycles => field ??= new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Where errors without a place of their own are reported.</summary>
    public SourceSpan CurrentSpan => _current.Span;

    /// <summary>A map as the template sees it: with what it changed.</summary>
    public IReadOnlyDictionary<string, object?> Seen(IReadOnlyDictionary<string, object?> map) =>
        _overlay is null ? map : _overlay.Current(map);

    /// <summary>A list as the template sees it: with what it changed.</summary>
    public IReadOnlyList<object?> Seen(IReadOnlyList<object?> list) => _overlay is null ? list : _overlay.Current(list);

    /// <summary>Counts a statement, iteration or call, and looks at the limits from time to time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(SyntaxNode node)
    {
        _current = node;
        if ((++_steps & (StepsBetweenChecks - 1)) == 0) CheckLimits();
    }

    /// <summary>Counts characters, or the room of list items, that a template has made; the sum is limited.</summary>
    /// <exception cref="ArgumentFault">The limit is reached.</exception>
    public void Charge(long characters)
    {
        _made += characters;
        if (_made > Options.MemoryLimit)
            throw new ArgumentFault(-1, $"The template makes more text and lists than the limit of {Options.MemoryLimit} characters.");
    }

    /// <summary>Checks a string that is about to be made.</summary>
    /// <exception cref="ArgumentFault">It is too long.</exception>
    public void ChargeText(long length)
    {
        var limit = Options.OutputLimit;
        if (limit > 0 && length > limit)
            throw new ArgumentFault(-1, $"The string would have {length} characters, more than the limit of {limit}.");
        Charge(length);
    }

    /// <summary>Starts a call or include within others.</summary>
    public void EnterCall(SourceSpan span)
    {
        if (++_calls > Options.RecursionLimit && Options.RecursionLimit > 0)
            throw new TemplateFault(span, $"Calls and includes are nested deeper than the limit of {Options.RecursionLimit}.");
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new TemplateFault(span, "Calls and includes are nested too deeply for this machine.");
    }

    /// <summary>Ends what <see cref="EnterCall"/> started.</summary>
    public void LeaveCall() => _calls--;

    /// <summary>Time that is left; regular expressions get no more.</summary>
    public TimeSpan TimeLeft()
    {
        // The first to ask starts the clock: most renderings end before anybody does.
        if (_started == 0) _started = Options.Clock.GetTimestamp();
        return Options.RenderTimeLimit - Options.Clock.GetElapsedTime(_started);
    }

    /// <summary>A fresh output with the same limits.</summary>
    public Output NewOutput() => new(Options.OutputLimit, Options.CutOutputAtLimit);

    /// <summary>Prints the value of an expression.</summary>
    public void Print(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text when Options.EscapeHtml:
                HtmlText.WriteEscaped(Output, text);
                break;
            case string text:
                Output.Write(text);
                break;
            case RawHtml raw:
                Output.Write(raw.Text);
                break;
            case int number:
                Output.Write(number, default, Culture);
                break;
            case decimal number:
                Output.Write(number, default, Culture);
                break;
            default:
                var made = ValueText.Of(this, value);
                if (Options.EscapeHtml) HtmlText.WriteEscaped(Output, made);
                else Output.Write(made);
                break;
        }
    }

    /// <summary>Text that was rendered already: HTML where values are escaped.</summary>
    public object Rendered(string text) => Options.EscapeHtml ? new RawHtml(text) : text;

    private void CheckLimits()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_steps > Options.StepLimit)
            throw new TemplateFault(CurrentSpan, $"The template takes more steps than the limit of {Options.StepLimit}.");
        if (TimeLeft() <= TimeSpan.Zero)
            throw new TemplateFault(CurrentSpan, $"The template takes longer than the limit of {Options.RenderTimeLimit.TotalMilliseconds} ms.");
    }
}
