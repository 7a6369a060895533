using System.Globalization;

namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>
/// When a version on trial goes back, and when it becomes the active one. Both are judged on the same connections in the same
/// sliding window, so that an outage of the service, which hits both, is no fault of either.
/// <para>
/// Back, once it has answered <see cref="UpgradeOptions.MinCalls"/> calls in the window: where its rate of errors is more than
/// <see cref="UpgradeOptions.MaxErrorsOver"/> above the active version's (the floor: a difference that nobody minds is none), and
/// chance would give as many errors in less than one of a thousand cases (<see cref="ExactTest"/>). One in a thousand and not the
/// usual one in twenty, because the test is made again after each call, and each time anew chance may have its way. Refusals are
/// judged alike, with <see cref="UpgradeOptions.MaxRejectionsOver"/>. Where the active version has answered fewer than
/// MinCalls, there is nothing to compare with, and half of the calls in error is too many.
/// </para>
/// <para>
/// Forward: after <see cref="UpgradeOptions.MinTime"/> and <see cref="UpgradeOptions.MinGoodCalls"/> good calls, while its rate
/// of errors is not above the floor.
/// </para>
/// </summary>
internal sealed class TrialRules(UpgradeOptions options)
{
    /// <summary>How rarely chance alone may look as bad.</summary>
    public const double Significance = 0.001;

    private const double TooManyAlone = 0.5;

    /// <summary>Why the version on trial goes back; null where it doesn't.</summary>
    public string? Back(CallCounts candidate, CallCounts active)
    {
        if (candidate.Calls < options.MinCalls)
            return null;
        if (Worse(candidate.Calls, candidate.Troubles, active.Calls, active.Troubles, options.MaxErrorsOver))
            return Told("failed, were put off or have an unknown outcome", candidate.Troubles, active.Troubles);
        if (Worse(candidate.Calls, candidate.Rejections, active.Calls, active.Rejections, options.MaxRejectionsOver))
            return Told("were refused by the service", candidate.Rejections, active.Rejections);
        return null;

        string Told(string what, int marked, int otherMarked) => string.Create(
            CultureInfo.InvariantCulture,
            $"{marked} of its {candidate.Calls} calls {what} ({Rate(marked, candidate.Calls):P0}), and {otherMarked} of {active.Calls} of the active version's ({Rate(otherMarked, active.Calls):P0})");
    }

    /// <summary>True where the version on trial has proved itself.</summary>
    /// <param name="tried">How long it has been in.</param>
    /// <param name="good">Its good calls since then.</param>
    /// <param name="candidate">Its calls in the window.</param>
    /// <param name="active">The active version's.</param>
    public bool Forward(TimeSpan tried, long good, CallCounts candidate, CallCounts active) =>
        tried >= options.MinTime
        && good >= options.MinGoodCalls
        && Rate(candidate.Troubles, candidate.Calls) <= Rate(active.Troubles, active.Calls) + options.MaxErrorsOver
        && Rate(candidate.Rejections, candidate.Calls) <= Rate(active.Rejections, active.Calls) + options.MaxRejectionsOver;

    private bool Worse(int calls, int marked, int otherCalls, int otherMarked, double floor)
    {
        if (otherCalls < options.MinCalls)
            return Rate(marked, calls) >= TooManyAlone;
        return Rate(marked, calls) - Rate(otherMarked, otherCalls) > floor
            && ExactTest.ChanceOfAtLeast(marked, calls, otherMarked, otherCalls) < Significance;
    }

    private static double Rate(int marked, int calls) => calls == 0 ? 0 : (double)marked / calls;
}
