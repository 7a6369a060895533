namespace CxOrchestrator.Templating.Conformance;

/// <summary>Runs the cases of a folder of language tests through this engine.</summary>
public sealed class ConformanceRun
{
    private ConformanceRun(IReadOnlyList<ConformanceResult> results) => Results = results;

    /// <summary>One result a case, in the folder's order.</summary>
    public IReadOnlyList<ConformanceResult> Results { get; }

    /// <summary>Rates of each group, in order of name.</summary>
    public IReadOnlyList<ConformanceRates> Rates =>
    [
        .. Results.GroupBy(result => result.Group).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new ConformanceRates(
            group.Key, group.Count(), group.Average(r => r.SameKind ? 1.0 : 0), group.Average(r => r.SamePlace ? 1.0 : 0),
            group.Average(r => r.SameText ? 1.0 : 0))),
    ];

    /// <summary>Runs all cases of a folder in the format of Scriban's language tests.</summary>
    /// <param name="folder">The folder; its README gives the format.</param>
    /// <param name="cultures">Are there data of cultures? Without, the cases that need them are left out.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="System.Text.Json.JsonException">A file isn't in the format.</exception>
    public static ConformanceRun Of(string folder, bool cultures = true) =>
        new([.. ConformanceFolder.Read(folder).Where(test => cultures || !test.NeedsCultures).Select(Run)]);

    private static ConformanceResult Run(ConformanceCase test)
    {
        var (kind, text, place) = Outcome(test);
        var sameKind = kind == test.Kind;
        var samePlace = sameKind && (test.Place is null || test.Place == place);
        var sameText = sameKind && text == test.Expected;
        var passed = test.Kind == "output" ? sameText : samePlace;
        return new ConformanceResult(test.Id, test.Group, sameKind, samePlace, sameText, passed, kind, test.Expected, text);
    }

    private static (string Kind, string Text, (int Line, int Column)? Place) Outcome(ConformanceCase test)
    {
        var parse = CompiledTemplate.Parse(test.Template, "text", test.Parse);
        if (!parse.Ok)
        {
            var first = parse.Messages[0];
            return ("parse_error", string.Join('\n', parse.Messages), (first.Line, first.Column));
        }

        var render = parse.Template.Render(test.Model, test.Render);
        return render.Ok
            ? ("output", render.Text, null)
            : ("runtime_error", render.Error.ToString(), (render.Error.Line, render.Error.Column));
    }
}
