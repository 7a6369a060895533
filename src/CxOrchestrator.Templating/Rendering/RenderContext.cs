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

    /// <summary>It is also looked at once in so much work that is done within one step; about a millisecond.</summary>
    private const int WorkBetweenChecks = 1 << 20;

    /// <summary>So much work counts as a step: with the usual limit of steps it ends within about 100 ms, well before the clock says so.</summary>
    private const int WorkOfStep = 64;

    /// <summary>What is made takes longer than what is only looked at, and what it really allocates is looked at with the clock.</summary>
    private const int WorkOfCharacter = 4;
    private readonly CancellationToken _cancellation;
    private ValueOverlay? _overlay;
    private SyntaxNode _current;
    private int _steps;
    private long _made;
    private int _work;
    // One object for two numbers that most renderings never need: this one is all that a condition allocates.
    private Spent? _spent;
    private int _calls;
    private int _openLoops;
    private int _rounds;

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
    /// <exception cref="TemplateFault">The time is over, or the memory.</exception>
    public void Charge(long characters)
    {
        _made += characters;
        if (_made > Options.MemoryLimit)
            throw new ArgumentFault(-1, $"The template makes more text and lists than the limit of {Options.MemoryLimit} characters.");
        Work(WorkOfCharacter * characters);
    }

    /// <summary>Counts characters or items that are looked at while nothing is made of them: that takes time, not memory.</summary>
    /// <exception cref="TemplateFault">The time, the memory or the steps are over.</exception>
    public void Work(long amount)
    {
        amount += _work;
        _work = (int)(amount % WorkBetweenChecks);
        if (amount < WorkBetweenChecks) return;
        _steps += WorkBetweenChecks / WorkOfStep;
        CheckLimits();
    }

    /// <summary>Checks a string that is about to be made.</summary>
    /// <exception cref="ArgumentFault">It is too long.</exception>
    public void ChargeText(long length)
    {
        var limit = Options.OutputLimit;
        // As Scriban, which cuts what is printed, not what is made.
        if (limit > 0 && length > limit && !Options.CutOutputAtLimit)
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

    /// <summary>Starts a loop, maybe within others.</summary>
    public void EnterLoop()
    {
        Loops++;
        if (_openLoops++ == 0) _rounds = 0;
    }

    /// <summary>Ends what <see cref="EnterLoop"/> started.</summary>
    public void LeaveLoop()
    {
        Loops--;
        _openLoops--;
    }

    /// <summary>Counts a round of a loop; those of the loops inside count with those of the outermost.</summary>
    public void StepLoop(SyntaxNode loop)
    {
        Step(loop);
        if (++_rounds > Options.LoopLimit && Options.LoopLimit > 0)
            throw new TemplateFault(loop.Span, $"The loop, with those inside it, takes more rounds than the limit of {Options.LoopLimit}.");
    }

    /// <summary>Time that is left; regular expressions get no more.</summary>
    public TimeSpan TimeLeft()
    {
        // The first to ask starts the clock: most renderings end before anybody does.
        _spent ??= new Spent(Options.Clock);
        return Options.RenderTimeLimit - _spent.Time;
    }

    /// <summary>A fresh output with the same limits.</summary>
    /// <param name="expected">Characters to have room for at once.</param>
    public Output NewOutput(int expected = 512) => new(Options.OutputLimit, Options.CutOutputAtLimit, expected);

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
        if (_spent!.Bytes > Options.AllocationLimit)
            throw new TemplateFault(CurrentSpan, $"The template takes more memory than the limit of {Options.AllocationLimit} bytes.");
    }
}
