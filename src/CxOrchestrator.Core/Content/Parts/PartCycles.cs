namespace CxOrchestrator.Core.Content;

/// <summary>Finds parts that include each other without end. Those that compute a name are left to the limit of the rendering.</summary>
internal sealed class PartCycles
{
    // No rendering goes deeper, so that longer ways are told where it is tried.
    private const int MostDeep = 100;

    private readonly IncludableParts _parts;
    private readonly List<string> _way = [];
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<(PartFile, Fault)> _found = [];

    private PartCycles(IncludableParts parts) => _parts = parts;

    /// <summary>Each cycle once, at the include that closes it.</summary>
    public static IReadOnlyList<(PartFile File, Fault Fault)> Of(IncludableParts parts)
    {
        var cycles = new PartCycles(parts);
        // In the order of names, so that every language tells a cycle in the same words.
        foreach (var name in parts.Files.Keys.Order(StringComparer.Ordinal))
            cycles.Visit(name);
        return cycles._found;
    }

    private void Visit(string name)
    {
        var file = _parts.Files[name];
        if (_way.Count > MostDeep || file.Template is null || !_done.Add(name))
            return;
        _way.Add(name);
        foreach (var use in file.Template.Includes)
        {
            var begin = _way.IndexOf(use.Path);
            if (begin >= 0)
                _found.Add((file, new Fault(file.Path, use.Line, use.Column, $"This include never ends: {string.Join(" → ", _way.Skip(begin).Append(use.Path))}. Take one of the includes out.")));
            else if (_parts.Files.ContainsKey(use.Path))
                Visit(use.Path);
        }

        _way.RemoveAt(_way.Count - 1);
    }
}
