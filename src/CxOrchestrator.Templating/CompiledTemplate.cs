using CxOrchestrator.Templating.Analysis;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Parsing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating;

/// <summary>A parsed template: immutable, safe to share between threads.</summary>
public sealed class CompiledTemplate
{
    /// <summary>What stands in <see cref="Markup"/> for code: the object replacement character.</summary>
    public const char Code = '\uFFFC';

    private readonly Block _body;
    private readonly Lazy<TemplateUses> _uses;
    private readonly Lazy<IReadOnlyList<TemplateMessage>> _deadCode;
    private readonly Lazy<string> _markup;

    /// <summary>Length of the last rendering: the next one starts with room for as much. Any thread's value does.</summary>
    private int _lastLength = 1024;

    private CompiledTemplate(string name, Block body)
    {
        Name = name;
        _body = body;
        _uses = new Lazy<TemplateUses>(() => TemplateUses.Of(body));
        _deadCode = new Lazy<IReadOnlyList<TemplateMessage>>(() => Analysis.DeadCode.Of(body));
        _markup = new Lazy<string>(() => Analysis.Markup.Of(body));
    }

    /// <summary>The name given to the parser.</summary>
    public string Name { get; }

    /// <summary>Paths of model variables that the template reads, such as <c>customer.name</c>, with where; for linting.</summary>
    public IReadOnlyList<VariableUse> Variables => _uses.Value.Variables;

    /// <summary>Names that the template includes by a literal, those of <c>include_join</c> among them, with where the call stands.</summary>
    public IReadOnlyList<VariableUse> Includes => _uses.Value.Includes;

    /// <summary>True where it computes the name of a template that it includes, so that any may be meant.</summary>
    public bool IncludesAny => _uses.Value.IncludesAny;

    /// <summary>Variables that the template sets itself; templates that it includes, and those that include it, may read them.</summary>
    public IReadOnlySet<string> Sets => _uses.Value.Own;

    /// <summary>Warnings of what no rendering ever comes to and of conditions that decide nothing; for linting.</summary>
    public IReadOnlyList<TemplateMessage> DeadCode => _deadCode.Value;

    /// <summary>
    /// The source with <see cref="Code"/> in the place of every character of code, so that what is left is the text as it is printed, each at its own
    /// place; line ends stay. For linting.
    /// </summary>
    public string Markup => _markup.Value;

    /// <summary>Parses a template. Never throws on any text.</summary>
    /// <param name="text">The template's text.</param>
    /// <param name="name">The name that messages carry, for example <c>thank-you/en.html</c>.</param>
    /// <param name="options">Parser options; default <see cref="TemplateParseOptions.Scriban"/>.</param>
    public static TemplateParse Parse(string text, string name, TemplateParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= TemplateParseOptions.Scriban;
        var source = new SourceText(text, name);
        var tokens = Lexer.Template(text, options.AutoIndent);
        var messages = new List<TemplateMessage>();
        var body = Parser.Template(source, tokens, messages);
        var template = messages.Count == 0 ? new CompiledTemplate(name, body) : null;
        if (options.WarnOfOtherLanguages) OtherLanguages.Warn(source, tokens, true, messages);
        return new TemplateParse(template, messages);
    }

    /// <summary>Renders over a model. Never throws for what a template does; cancellation throws.</summary>
    /// <param name="model">
    /// The global variables: plain values only (null, bool, int, long, double, decimal, string, DateTimeOffset, DateTime,
    /// TimeSpan, lists as <c>IReadOnlyList&lt;object?&gt;</c>, maps as <c>IReadOnlyDictionary&lt;string, object?&gt;</c>).
    /// The template never changes it.
    /// </param>
    /// <param name="options">Culture, zone, limits; without them the defaults.</param>
    /// <param name="cancellation">Ends the rendering.</param>
    public TemplateRender Render(IReadOnlyDictionary<string, object?> model, TemplateRenderOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var context = new RenderContext(model, options ?? TemplateRenderOptions.Default, _body, cancellation);
        var output = context.NewOutput(_lastLength + 64);
        context.Output = output;
        try
        {
            RenderInto(context);
            var text = output.Finish();
            _lastLength = text.Length;
            return new TemplateRender(text, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            output.Abandon();
            return new TemplateRender(null, Faults.Message(context, e));
        }
    }

    /// <summary>Renders to the output of a rendering that is under way.</summary>
    internal void RenderInto(RenderContext context)
    {
        if (_body.Execute(context) != Flow.Return) return;
        var result = context.Returned;
        context.Returned = null;
        context.Print(result);
    }
}
