namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// How many messages are claimed at once: as many as are handed over in two seconds, so that what a service that takes its time leaves lying is little, and who
/// comes later with something more urgent doesn't wait behind it.
/// </summary>
internal sealed class ClaimSize
{
    // The first batches of a run are taken off one's hands at once, however slow the service is.
    private const int Proof = 4;
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(2);

    private int _proofs;

    /// <summary>Stands at the most.</summary>
    /// <param name="most">At least 1.</param>
    public ClaimSize(int most) => Now = Most = most;

    /// <summary>How many are claimed, from 1.</summary>
    public int Now { get; private set; }

    /// <summary>Whether the service is quick: large batches are taken off one's hands in time, again and again.</summary>
    public bool IsProven => _proofs >= Proof;

    private int Most { get; }

    /// <summary>So many were handed over in a time; at least as many are claimed as may be under way at once, and never more than twice as many as before.</summary>
    public void Took(int handedOver, TimeSpan time, int least)
    {
        var most = Math.Min(Most, 2 * Now);
        var wanted = time > TimeSpan.Zero ? Math.Min(most, handedOver * (Worth / time)) : most;
        Now = Math.Clamp((int)wanted, Math.Min(least, most), most);
        if (Now < Most)
            _proofs = 0;
        else if (_proofs < Proof && handedOver >= Most / 2)
            _proofs++;
    }
}
