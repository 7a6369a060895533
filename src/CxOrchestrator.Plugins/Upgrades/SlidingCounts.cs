namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>
/// Counts calls of the last while, in sixtieths of it: what is counted reaches back between 59 and 60 of them. Not safe for
/// several threads: its trial guards it.
/// </summary>
internal sealed class SlidingCounts(TimeSpan window, TimeProvider time)
{
    private const int Cells = 60;

    private readonly CallCounts[] _cells = new CallCounts[Cells];
    private readonly long _began = time.GetTimestamp();
    private long _cell;

    /// <summary>Counts a call that ended now.</summary>
    public void Add(CallOutcome outcome)
    {
        MoveOn();
        ref var cell = ref _cells[_cell % Cells];
        cell = cell.And(outcome);
    }

    /// <summary>What is counted now.</summary>
    public CallCounts Now()
    {
        MoveOn();
        return _cells.Aggregate((sum, cell) => sum + cell);
    }

    private void MoveOn()
    {
        var now = time.GetElapsedTime(_began).Ticks / (window.Ticks / Cells);
        for (var passed = Math.Max(_cell + 1, now - Cells + 1); passed <= now; passed++)
            _cells[passed % Cells] = default;
        _cell = Math.Max(_cell, now);
    }
}
