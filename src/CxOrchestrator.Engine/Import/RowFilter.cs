using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Engine.Import;

/// <summary>Leaves rows out by an expression over <c>row</c>, such as <c>row.delivered_at != ""</c>.</summary>
internal sealed class RowFilter(Condition? where)
{
    /// <summary>Reads the expression; null or empty takes every row.</summary>
    public static RowFilter Parse(string? text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new RowFilter(null);
        var parse = CompiledExpression.Parse(text, "where", TemplateParseOptions.Product);
        faults.AddRange(parse.Ok ? [] : parse.Messages.Select(message => message.ToString()));
        return new RowFilter(parse.Ok ? new Condition(parse.Expression) : null);
    }

    /// <summary>Whether the row is taken; a row for which the expression can't be evaluated is refused.</summary>
    public bool Takes(ImportRow row, out string? error)
    {
        error = null;
        return where is null || where.Holds(new Dictionary<string, object?> { ["row"] = row.Columns }, out error);
    }
}
