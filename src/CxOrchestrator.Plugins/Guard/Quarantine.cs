namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// Takes a connection out of use whose breaker keeps opening. Not safe for several threads: its breaker guards it.
/// </summary>
internal sealed class Quarantine(GuardOptions options)
{
    private int _openings;

    /// <summary>True from the opening that was one too many until a call succeeds.</summary>
    public bool Active { get; private set; }

    /// <summary>Counts an opening, and says how long no call is let through.</summary>
    public TimeSpan AfterOpening()
    {
        _openings++;
        Active |= _openings >= options.OpeningsToQuarantine;
        return Active ? options.QuarantineFor : options.OpenFor;
    }

    /// <summary>Takes up a quarantine from before a restart.</summary>
    public void Resume()
    {
        _openings = options.OpeningsToQuarantine;
        Active = true;
    }

    /// <summary>Forgets all openings.</summary>
    public void Clear()
    {
        _openings = 0;
        Active = false;
    }
}
