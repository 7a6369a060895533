namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// How long answers are let come before they are stored: a quarter of the time that an answer takes, which the messages that wait behind those under way
/// bridge; nothing where that is under two milliseconds, for a timer is no finer, and never more than 25.
/// </summary>
internal sealed class GatherTime
{
    private const double Newest = 0.1;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(25);

    private double _answerTicks;

    /// <summary>Where it stands.</summary>
    public TimeSpan Now
    {
        get
        {
            var quarter = TimeSpan.FromTicks((long)(_answerTicks / 4));
            return quarter < Least ? TimeSpan.Zero : quarter > Most ? Most : quarter;
        }
    }

    /// <summary>An answer took so long.</summary>
    public void Took(TimeSpan time) => _answerTicks += Newest * (time.Ticks - _answerTicks);
}
