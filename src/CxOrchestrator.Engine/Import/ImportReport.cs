namespace CxOrchestrator.Engine.Import;

/// <summary>A row that was not taken.</summary>
/// <param name="Line">The line in which it begins, from 1.</param>
/// <param name="Reason">Why, and what to do.</param>
public sealed record RowRefusal(long Line, string Reason);

/// <summary>How far an import has come.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">Bytes of the file.</param>
public sealed record ImportProgress(long Rows, long Bytes, long TotalBytes);

/// <summary>What an import came to: every row is counted once.</summary>
public sealed record ImportReport
{
    /// <summary>What kept the import from beginning: all faults of the call at once. Nothing was read where there is one.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Rows read.</summary>
    public long Rows { get; init; }

    /// <summary>Events stored, or customers added.</summary>
    public long Added { get; init; }

    /// <summary>Customers changed.</summary>
    public long Changed { get; init; }

    /// <summary>Customers that were known just so.</summary>
    public long Unchanged { get; init; }

    /// <summary>Events stored before, or further rows of a customer whom the file has named already (the first row counts).</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows that the filter left out.</summary>
    public long LeftOut { get; init; }

    /// <summary>Rows refused.</summary>
    public long Refused { get; init; }

    /// <summary>Customers whose time zone or locale is unknown and fell back on the setting's.</summary>
    public long FellBack { get; init; }

    /// <summary>The first refusals, in order of line; all of them are told to the call's own listener.</summary>
    public IReadOnlyList<RowRefusal> Refusals { get; init; } = [];

    /// <summary>Whether every row is accounted for.</summary>
    public bool Balances => Rows == Added + Changed + Unchanged + Duplicates + LeftOut + Refused;
}
