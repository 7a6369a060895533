using CxOrchestrator.Core.Content;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Engine.Import;

/// <summary>
/// Says where the fields of what is imported come from. <c>subject=customer_id</c> takes a column; <c>type:=order.delivered</c> is a constant; a constant with
/// <c>{{ }}</c> is a template that sees <c>row</c>, such as <c>email:={{ row.person }}@example.test</c>.
/// </summary>
internal sealed class ColumnMapping
{
    private readonly Dictionary<string, Func<ImportRow, (string Value, string? Fault)>> _fields = new(StringComparer.Ordinal);

    /// <summary>The fields that are mapped.</summary>
    public IReadOnlyCollection<string> Fields => _fields.Keys;

    /// <summary>Reads the words of a mapping; tells all faults at once.</summary>
    /// <param name="specs">For example <c>id=order_id</c>.</param>
    /// <param name="header">The columns that there are.</param>
    /// <param name="isField">Whether a field may be mapped.</param>
    /// <param name="known">The fields, for hints.</param>
    /// <param name="faults">Where faults go.</param>
    public static ColumnMapping Parse(
        IEnumerable<string> specs, IReadOnlyList<string> header, Func<string, bool> isField, IReadOnlyList<string> known, List<string> faults)
    {
        var mapping = new ColumnMapping();
        foreach (var spec in specs)
        {
            var equals = spec.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Add($"mapping '{spec}': write FIELD=COLUMN, or FIELD:=VALUE");
                continue;
            }

            var constant = spec[equals - 1] == ':';
            var field = spec[..(constant ? equals - 1 : equals)].Trim();
            var source = spec[(equals + 1)..].Trim();
            if (!isField(field))
                faults.Add($"mapping '{spec}': there is no field '{field}'.{Nearest.Hint(field, known)} Fields are {string.Join(", ", known)}");
            else if (!constant && !header.Contains(source))
                faults.Add($"mapping '{spec}': the file has no column '{source}'.{Nearest.Hint(source, header)} Columns are {string.Join(", ", header)}");
            else if ((constant ? Constant(spec, source, faults) : row => (row[source].Trim(), null)) is { } read && !mapping._fields.TryAdd(field, read))
                faults.Add($"mapping '{spec}': the field '{field}' is mapped twice");
        }

        return mapping;
    }

    /// <summary>The value of a field in a row; empty where it is not mapped.</summary>
    public string Value(string field, ImportRow row, List<string> faults)
    {
        if (!_fields.TryGetValue(field, out var read))
            return "";
        var (value, fault) = read(row);
        if (fault is not null)
            faults.Add($"{field}: {fault}");
        return value;
    }

    private static Func<ImportRow, (string, string?)>? Constant(string spec, string text, List<string> faults)
    {
        if (!text.Contains("{{", StringComparison.Ordinal))
            return _ => (text, null);
        var parse = CompiledTemplate.Parse(text, spec, TemplateParseOptions.Product);
        if (!parse.Ok)
        {
            faults.AddRange(parse.Messages.Select(message => $"mapping {message}"));
            return null;
        }

        return row =>
        {
            var render = parse.Template.Render(new Dictionary<string, object?> { ["row"] = row.Columns });
            return render.Ok ? (render.Text.Trim(), null) : ("", render.Error.ToString());
        };
    }
}
