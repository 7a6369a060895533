namespace CxOrchestrator.Core.Content.Yaml;

/// <summary>Collects the faults of one file.</summary>
internal sealed class Faults(string file)
{
    private readonly List<Fault> _faults = [];

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>All of them, in the order of the file.</summary>
    public IReadOnlyList<Fault> All => [.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    /// <summary>Whether something can't be published.</summary>
    public bool Any => _faults.Exists(fault => !fault.IsWarning);

    /// <summary>Adds a fault at a node.</summary>
    public void Add(YamlNode node, string text) => Add(node.Line, node.Column, text);

    /// <summary>Adds a fault at a place.</summary>
    public void Add(int line, int column, string text) => _faults.Add(new Fault(file, line, column, text));

    /// <summary>Adds a warning at a place.</summary>
    public void Warn(int line, int column, string text) => _faults.Add(new Fault(file, line, column, text, IsWarning: true));
}
