using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>Evaluates the conditions that we use: <c>eq</c>, <c>and</c>, <c>or</c>, brackets, one lookup deep.</summary>
internal sealed partial class OrganisationFilter(string text, OrganisationTable table, IReadOnlyDictionary<string, OrganisationTable> tables)
{
    private readonly List<string> _tokens = [.. Token().Matches(text).Select(match => match.Value)];
    private int _at;

    public Func<OrganisationRow, bool> Read()
    {
        var condition = Or();
        return _at == _tokens.Count ? condition : throw new FormatException($"a syntax error at position {_at} in '{text}'");
    }

    private Func<OrganisationRow, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (one, other) = (left, And());
            left = row => one(row) || other(row);
        }

        return left;
    }

    private Func<OrganisationRow, bool> And()
    {
        var left = Single();
        while (Take("and"))
        {
            var (one, other) = (left, Single());
            left = row => one(row) && other(row);
        }

        return left;
    }

    private Func<OrganisationRow, bool> Single()
    {
        if (Take("("))
        {
            var inner = Or();
            return Take(")") ? inner : throw new FormatException($"a bracket is open in '{text}'");
        }

        var column = _tokens[_at++];
        if (!Take("eq"))
            throw new FormatException($"only eq is known, in '{text}'");
        var literal = _tokens[_at++];
        var value = literal.StartsWith('\'') ? literal[1..^1].Replace("''", "'", StringComparison.Ordinal) : literal;
        var path = column.Split('/');
        var first = path.Length == 1 ? column : $"_{table.Lookups[path[0]].Column}_value";
        if (!table.Columns.TryGetValue(first, out var type))
            throw new FormatException($"Could not find a property named '{first}' on type 'Microsoft.Dynamics.CRM.{table.Name}'.");
        if (path.Length == 1 && literal.StartsWith('\'') != type is "String" or "Memo")
            throw new FormatException($"A binary operator with incompatible types was detected for '{column}'.");
        return row => Same(path.Length == 1 ? row.Values[first] : Other(row, path, first), value);
    }

    private JsonNode? Other(OrganisationRow row, string[] path, string column) =>
        Guid.TryParse(row.Text(column), out var id) && tables[table.Lookups[path[0]].Target].Rows.TryGetValue(id, out var other) ? other.Values[path[1]] : null;

    private static bool Same(JsonNode? value, string literal) => value switch
    {
        null => literal == "null",
        // As SQL Server's usual collation does.
        _ => string.Equals(Convert.ToString(value, CultureInfo.InvariantCulture), literal, StringComparison.OrdinalIgnoreCase),
    };

    private bool Take(string token)
    {
        if (_at >= _tokens.Count || _tokens[_at] != token)
            return false;
        _at++;
        return true;
    }

    [GeneratedRegex(@"'(?:[^']|'')*'|\(|\)|[^\s()]+")]
    private static partial Regex Token();
}
