namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// The months of the ledger that have a table of their own, as far as this process knows. What goes straight to one month's table opens and locks that one,
/// not those of all months: for a group of thirty rows that is a fifth of the whole cost.
/// </summary>
internal sealed class LedgerMonths
{
    private const string All = "deliveries";

    // Few: this month and the ones made ahead. Older rows, of which hardly one changes, are found through the whole table.
    private volatile Month[] _own = [];

    /// <summary>Takes what has been seen to exist in place of what was known before: months that are no longer made may be dropped.</summary>
    public void Have(IEnumerable<DateOnly> months) =>
        _own = [.. months.Select(month => new Partition(All, "id", month)).Select(one =>
            new Month(one.Name, InOrderOfTime.MillisecondsOf(one.First), InOrderOfTime.MillisecondsOf(one.End)))];

    /// <summary>The table that holds all rows of these keys: their month's own, or that of all months.</summary>
    public string TableOf(IReadOnlyCollection<Guid> keys)
    {
        foreach (var month in _own)
        {
            if (keys.All(month.Holds))
                return month.Table;
        }

        return All;
    }

    private sealed record Month(string Table, long First, long End)
    {
        public bool Holds(Guid key)
        {
            var at = InOrderOfTime.MillisecondsOf(key);
            return First <= at && at < End;
        }
    }
}
