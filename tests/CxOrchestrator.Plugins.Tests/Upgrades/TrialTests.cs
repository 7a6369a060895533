using CxOrchestrator.Plugins.Upgrades;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Upgrades;

public sealed class TrialTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Trial _trial;
    private int _endings;

    public TrialTests() => _trial = new Trial("mailer", "2.0.0", _time.GetUtcNow(), 0.1, new UpgradeOptions(), _time, () => _endings++);

    [Fact]
    public void A_breaker_that_opens_where_the_active_version_works_ends_it_at_once()
    {
        _trial.Note("mail", byCandidate: false, CallOutcome.Good, breakerOpen: false);
        _trial.Note("mail", byCandidate: true, CallOutcome.Trouble, breakerOpen: true);

        var back = Assert.IsType<TrialDecision.Back>(_trial.Decision);
        Assert.Equal("its breaker opened on the connection \"mail\", where the active version works", back.Reason);
    }

    [Fact]
    public void A_breaker_that_opens_while_the_service_is_down_for_both_ends_nothing()
    {
        _trial.Note("mail", byCandidate: false, CallOutcome.Good, breakerOpen: false);
        _trial.Note("mail", byCandidate: true, CallOutcome.Good, breakerOpen: false);
        for (var i = 0; i < 5; i++)
        {
            _trial.Note("mail", byCandidate: false, CallOutcome.Trouble, breakerOpen: false);
            _trial.Note("mail", byCandidate: true, CallOutcome.Trouble, breakerOpen: i == 4);
        }

        Assert.Null(_trial.Decision);
    }

    [Fact]
    public void A_breaker_that_stays_open_when_the_service_is_back_for_the_active_version_ends_it()
    {
        _trial.Note("mail", byCandidate: false, CallOutcome.Trouble, breakerOpen: false);
        _trial.Note("mail", byCandidate: true, CallOutcome.Trouble, breakerOpen: true);
        Assert.Null(_trial.Decision);

        _trial.Note("mail", byCandidate: false, CallOutcome.Good, breakerOpen: true);

        Assert.IsType<TrialDecision.Back>(_trial.Decision);
    }

    [Fact]
    public void What_it_ended_with_stands()
    {
        _trial.Fail("no such region");
        _trial.Pass("after all");
        _trial.Fail("again");

        Assert.Equal(new TrialDecision.Back("no such region"), _trial.Decision);
        Assert.Equal(1, _endings);
    }

    [Fact]
    public void Good_calls_go_forward_when_the_time_is_over_and_not_before()
    {
        for (var i = 0; i < 50; i++)
            _trial.Note("mail", byCandidate: true, CallOutcome.Good, breakerOpen: false);
        _trial.Judge(used: true);
        Assert.Null(_trial.Decision);

        _time.Advance(TimeSpan.FromMinutes(10));
        _trial.Judge(used: true);

        Assert.StartsWith("50 good calls since", Assert.IsType<TrialDecision.Forward>(_trial.Decision).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_uses_goes_forward_without_calls_and_what_is_used_does_not()
    {
        _time.Advance(TimeSpan.FromMinutes(10));

        _trial.Judge(used: true);
        Assert.Null(_trial.Decision);
        _trial.Judge(used: false);
        Assert.IsType<TrialDecision.Forward>(_trial.Decision);
    }

    [Fact]
    public void Where_it_stands_is_told_in_numbers()
    {
        _trial.Note("mail", byCandidate: true, CallOutcome.Trouble, breakerOpen: false);
        _trial.Note("mail", byCandidate: true, CallOutcome.Good, breakerOpen: false);

        Assert.Equal("on trial since 2026-03-02 12:00:00Z with 10 % of the calls", _trial.Terms);
        Assert.Equal("2 in the last 00:10:00, 1 in error", _trial.Numbers);
    }
}
