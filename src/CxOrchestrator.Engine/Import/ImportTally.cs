namespace CxOrchestrator.Engine.Import;

/// <summary>Counts an import's rows as they are settled.</summary>
internal sealed class ImportTally(Action<RowRefusal>? refused, IProgress<ImportProgress>? progress, Stream file)
{
    /// <summary>Refusals that the report itself carries.</summary>
    public const int MostRefusals = 1_000;

    private readonly List<RowRefusal> _refusals = [];
    private long _rows;
    private long _refused;
    private long _leftOut;

    public long Added { get; set; }

    public long Changed { get; set; }

    public long Unchanged { get; set; }

    public long Duplicates { get; set; }

    public long FellBack { get; set; }

    public void Row() => _rows++;

    public void Refuse(long line, string reason)
    {
        _refused++;
        var refusal = new RowRefusal(line, reason);
        if (_refusals.Count < MostRefusals)
            _refusals.Add(refusal);
        refused?.Invoke(refusal);
    }

    /// <summary>The filter left the row out, or could not be evaluated for it.</summary>
    public void LeaveOut(long line, string? error)
    {
        if (error is null)
            _leftOut++;
        else
            Refuse(line, $"the filter could not be evaluated: {error}");
    }

    public void Tell() => progress?.Report(new ImportProgress(_rows, file.Position, file.Length));

    public ImportReport Report() => new()
    {
        Rows = _rows,
        Added = Added,
        Changed = Changed,
        Unchanged = Unchanged,
        Duplicates = Duplicates,
        LeftOut = _leftOut,
        Refused = _refused,
        FellBack = FellBack,
        Refusals = [.. _refusals.OrderBy(refusal => refusal.Line)],
    };
}
