namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>
/// Picks a share of calls evenly and not by chance: what is left of a call's share is carried to the next, so that of ten calls
/// at ten percent exactly one is picked.
/// </summary>
internal sealed class ShareSpread(double share)
{
    // Whole numbers: ten times 0.1 is not quite one.
    private const int Whole = 1_000_000;

    private readonly int _step = (int)Math.Round(Math.Clamp(share, 0, 1) * Whole);
    private readonly Lock _gate = new();
    private int _carried;

    /// <summary>True where the next call is picked.</summary>
    public bool Next()
    {
        lock (_gate)
        {
            _carried += _step;
            if (_carried < Whole)
                return false;
            _carried -= Whole;
            return true;
        }
    }
}
