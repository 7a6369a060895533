namespace CxOrchestrator.Templating.Conformance;

/// <summary>A case of a language test: a template and what it has to give.</summary>
internal sealed record ConformanceCase
{
    public required string Id { get; init; }

    public required string Group { get; init; }

    /// <summary><c>output</c>, <c>parse_error</c> or <c>runtime_error</c>.</summary>
    public required string Kind { get; init; }

    public required string Template { get; init; }

    /// <summary>The text, or the messages of the error.</summary>
    public required string Expected { get; init; }

    /// <summary>Line and column of the first message of an error.</summary>
    public (int Line, int Column)? Place { get; init; }

    public required IReadOnlyDictionary<string, object?> Model { get; init; }

    public required ITemplateLoader Loader { get; init; }

    public required TemplateParseOptions Parse { get; init; }

    public required TemplateRenderOptions Render { get; init; }

    /// <summary>Needs the data of cultures.</summary>
    public bool NeedsCultures { get; init; }
}
