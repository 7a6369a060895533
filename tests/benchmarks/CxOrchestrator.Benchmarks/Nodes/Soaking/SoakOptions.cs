namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>How long and how hard.</summary>
/// <param name="Length">Of the time at half load.</param>
/// <param name="Nodes">How many nodes.</param>
/// <param name="Seed">What all chance comes from.</param>
/// <param name="Customers">Who order in turn: the fewer they are, the longer the history of each.</param>
/// <param name="Postgres">Settings of PostgreSQL, as <c>-c name=value</c>.</param>
/// <param name="Page">The file for the plot.</param>
internal sealed record SoakOptions(TimeSpan Length, int Nodes, int Seed, int Customers, string Postgres, string Page)
{
    /// <summary>The file for the readings, beside the plot's: a line for each as soon as it is made, so that a soak which is ended early leaves what it saw.</summary>
    public string Readings => System.IO.Path.ChangeExtension(Page, ".tsv");
}
