using System.Text;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>
/// The path of a request with expressions in braces: <c>contacts/{id}</c>. What an expression gives is escaped, so that no value can leave its place, neither
/// into another segment nor into the query.
/// </summary>
internal sealed class PathTemplate
{
    private readonly List<(string? Text, Value? Value)> _parts = [];

    /// <summary>True where the whole path is one expression in <c>{{ }}</c>, such as a next page's address, which is taken as it is.</summary>
    private bool _whole;

    public static PathTemplate Parse(string text, string place, out string? fault)
    {
        var path = new PathTemplate();
        fault = null;
        if (text.StartsWith("= ", StringComparison.Ordinal))
        {
            path._whole = true;
            path._parts.Add((null, Value.Parse(text, place, always: true, out fault)));
            return path;
        }

        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                path._parts.Add((text[at..], null));
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                fault = "a brace is opened and not closed";
                break;
            }

            path._parts.Add((text[at..open], null));
            path._parts.Add((null, Value.Parse(text[(open + 1)..close], place, always: true, out var wrong)));
            fault ??= wrong;
            at = close + 1;
        }

        if (text.StartsWith('/'))
            fault ??= "it begins without a slash: it stands below the base address";
        return path;
    }

    /// <summary>The path over a model.</summary>
    /// <exception cref="DescriptionFault">A part is empty, or would climb out of its folder.</exception>
    public string Of(IReadOnlyDictionary<string, object?> model)
    {
        var path = new StringBuilder();
        foreach (var (text, value) in _parts)
        {
            if (value is null)
            {
                path.Append(text);
                continue;
            }

            var part = value.TextOf(model);
            if (string.IsNullOrEmpty(part))
                throw new DescriptionFault("a part of the path is empty");
            if (!_whole && part is "." or "..")
                throw new DescriptionFault("a part of the path would climb out of its folder");
            path.Append(_whole ? part : Uri.EscapeDataString(part));
        }

        return path.ToString();
    }
}
