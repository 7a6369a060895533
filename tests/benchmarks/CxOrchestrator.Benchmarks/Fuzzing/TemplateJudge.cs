using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using CxOrchestrator.Benchmarks.Templates;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>Parses and renders one template after another, and finds what may not happen. Used by one thread.</summary>
internal sealed class TemplateJudge
{
    private const long MostBytes = 50 * 1024 * 1024;
    private const int BetweenModelChecks = 1024;
    private const int BetweenSecondLooks = 16;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Action<Finding> _found;
    private readonly Dictionary<string, object?> _model = FuzzModel.Make();
    private readonly string _modelBefore = FuzzModel.Print(FuzzModel.Make());
    private readonly TemplateRenderOptions[] _options;

    /// <summary>A judge that tells its findings.</summary>
    public TemplateJudge(FuzzCorpus corpus, Action<Finding> found)
    {
        _found = found;
        var loader = new IncludeTexts(corpus.Includes);
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        _options =
        [
            new() { Loader = loader, Now = now, EscapeHtml = true, NullMembersAreNull = true, Culture = Culture("th-TH"), TimeZone = Zone("Asia/Bangkok") },
            new() { Loader = loader, Now = now, Culture = Culture("de-AT"), TimeZone = Zone("Europe/Vienna"), StrictVariables = true },
            TemplateRenderOptions.Scriban with { Loader = loader },
        ];
    }

    /// <summary>The slowest template so far and how long it took, at its best of up to three goes.</summary>
    public (double Milliseconds, long Number) Slowest { get; private set; }

    /// <summary>The template that allocated most and how much.</summary>
    public (long Bytes, long Number) Largest { get; private set; }

    /// <summary>Judges one.</summary>
    public FuzzOutcome Judge(long number, string text)
    {
        try
        {
            var outcome = Measured(number, text);
            if (number % BetweenSecondLooks == 0 && outcome == FuzzOutcome.Rendered) CheckAgain(number, text);
            if (number % BetweenModelChecks == 0 && FuzzModel.Print(_model) != _modelBefore)
                Tell("the model was changed", $"by this one or one of the {BetweenModelChecks} before it", number, text);
            return outcome;
        }
        catch (Exception broken)
        {
            Tell("an exception", broken.ToString(), number, text);
            return FuzzOutcome.Failed;
        }
    }

    private static CultureInfo Culture(string name) => CultureInfo.GetCultureInfo(name);

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    // The machine is shared: a template is slow when it is so three times, and when it was the one that used the processor.
    private FuzzOutcome Measured(long number, string text)
    {
        var (best, leastUsed) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        var outcome = FuzzOutcome.Refused;
        long bytes = 0;
        for (var go = 0; go < 3 && best > Longest; go++)
        {
            var usedBefore = Environment.CpuUsage.TotalTime;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            outcome = Tried(number, text);
            var taken = Stopwatch.GetElapsedTime(start);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            var used = Environment.CpuUsage.TotalTime - usedBefore;
            if (taken < best) best = taken;
            if (used < leastUsed) leastUsed = used;
        }

        if (best.TotalMilliseconds > Slowest.Milliseconds) Slowest = (best.TotalMilliseconds, number);
        if (bytes > Largest.Bytes) Largest = (bytes, number);
        if (best > Longest && leastUsed > Longest)
            Tell("too slow", $"{best.TotalMilliseconds:0} ms at the best of three goes, {leastUsed.TotalMilliseconds:0} ms of the processor", number, text);
        if (bytes > MostBytes) Tell("too much memory", $"{bytes / 1048576.0:0.0} MB allocated", number, text);
        return outcome;
    }

    private FuzzOutcome Tried(long number, string text)
    {
        var parse = CompiledTemplate.Parse(text, "text", TemplateParseOptions.Product);
        var errors = parse.Messages.Count(message => message.Severity == TemplateSeverity.Error);
        if (parse.Ok != (errors == 0)) Tell("a parse with an error and a template, or neither", string.Join('\n', parse.Messages), number, text);
        foreach (var message in parse.Messages) Check(message, number, text);
        if (!parse.Ok) return FuzzOutcome.Refused;

        _ = parse.Template.Variables.Count + parse.Template.Includes.Count;
        var options = _options[number % _options.Length];
        var render = parse.Template.Render(_model, options);
        if (render.Ok)
        {
            // Scriban's dots come on top of the limit.
            if (render.Text.Length > options.OutputLimit + 3) Tell("more output than the limit", $"{render.Text.Length} characters", number, text);
            return FuzzOutcome.Rendered;
        }

        Check(render.Error, number, text);
        if (render.Error.Text.StartsWith("This can't be rendered", StringComparison.Ordinal))
            Tell("a fault that nobody foresaw", $"{render.Error}\n{Thrown(parse.Template, options)}", number, text);
        return render.Error.Text.Contains("limit", StringComparison.Ordinal) ? FuzzOutcome.Limited : FuzzOutcome.Failed;
    }

    // One template for both: what the first rendering left behind would show in the second.
    private void CheckAgain(long number, string text)
    {
        var template = CompiledTemplate.Parse(text, "text", TemplateParseOptions.Product).Template!;
        var options = _options[number % _options.Length];
        var (first, second) = (template.Render(_model, options), template.Render(_model, options));
        if (first.Text == second.Text) return;
        // A limit of time may fall between the two.
        if (first.Ok != second.Ok && (first.Error ?? second.Error)!.Text.Contains("takes longer", StringComparison.Ordinal)) return;
        Tell("a second rendering differs", $"first:\n{first.Text ?? first.Error!.ToString()}\nthen:\n{second.Text ?? second.Error!.ToString()}", number, text);
    }

    private void Check(TemplateMessage message, long number, string text)
    {
        var lines = 1 + text.AsSpan().Count('\n') + text.AsSpan().Count('\r');
        if (message.Line >= 1 && message.Column >= 1 && message.Text.Length > 0 && (message.Source != "text" || message.Line <= lines)) return;
        Tell("a message without a place in the text", message.ToString(), number, text);
    }

    // What was thrown inside, with where: the rendering gives only its words.
    private string Thrown(CompiledTemplate template, TemplateRenderOptions options)
    {
        var last = "";
        void Note(object? sender, FirstChanceExceptionEventArgs thrown) => last = $"{thrown.Exception}\n{new StackTrace(1)}";
        AppDomain.CurrentDomain.FirstChanceException += Note;
        try
        {
            _ = template.Render(_model, options);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Note;
        }

        return last;
    }

    private void Tell(string kind, string detail, long number, string text) => _found(new Finding(kind, detail, number, text));
}
