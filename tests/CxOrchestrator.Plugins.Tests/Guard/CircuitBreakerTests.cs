using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Guard;

public sealed class CircuitBreakerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(
        new GuardOptions
        {
            FailuresToOpen = 3,
            OpenFor = TimeSpan.FromSeconds(10),
            OpeningsToQuarantine = 2,
            QuarantineFor = TimeSpan.FromMinutes(15),
        },
        _time);

    [Fact]
    public void It_opens_after_so_many_failures_in_a_row()
    {
        Fail(2);
        Assert.Equal(BreakerPosition.Closed, _breaker.Position);

        Fail(1);

        Assert.Equal(BreakerPosition.Open, _breaker.Position);
        Assert.Equal(TimeSpan.FromSeconds(10), _breaker.Refusal()!.RetryAfter);
        Assert.Null(_breaker.Enter().Entry);
    }

    [Fact]
    public void A_success_between_failures_starts_the_count_again()
    {
        Fail(2);
        Succeed();
        Fail(2);

        Assert.Equal(BreakerPosition.Closed, _breaker.Position);
    }

    [Fact]
    public void After_a_while_one_trial_is_let_through_and_no_second()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(10));

        var trial = _breaker.Enter();
        var second = _breaker.Enter();

        Assert.NotNull(trial.Entry);
        Assert.Contains("trial call is on its way", second.Refusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_succeeds_closes_it()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(10));
        Succeed();

        Assert.Equal(BreakerPosition.Closed, _breaker.Position);
        Fail(2);
        Assert.Equal(BreakerPosition.Closed, _breaker.Position);
    }

    [Fact]
    public void A_trial_that_is_abandoned_makes_room_for_another()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(10));
        _breaker.Enter().Entry!.Abandon();

        Assert.NotNull(_breaker.Enter().Entry);
    }

    [Fact]
    public void Openings_in_a_row_quarantine_it_for_longer()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(10));
        Fail(1);

        Assert.Equal(BreakerPosition.Quarantined, _breaker.Position);
        Assert.Equal(TimeSpan.FromMinutes(15), _breaker.Refusal()!.RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(15));
        Fail(1);
        Assert.Equal(TimeSpan.FromMinutes(15), _breaker.Refusal()!.RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(15));
        Succeed();
        Assert.Equal(BreakerPosition.Closed, _breaker.Position);
    }

    [Fact]
    public void A_success_between_openings_starts_their_count_again()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(10));
        Succeed();
        Fail(3);

        Assert.Equal(BreakerPosition.Open, _breaker.Position);
    }

    [Fact]
    public void A_call_from_before_it_opened_says_nothing_about_now()
    {
        var slow = _breaker.Enter().Entry!;
        Fail(3);

        slow.Report(success: true);

        Assert.Equal(BreakerPosition.Open, _breaker.Position);
    }

    [Fact]
    public void A_quarantine_from_before_a_restart_goes_on_until_its_end()
    {
        _breaker.ResumeQuarantine(_time.GetUtcNow() - TimeSpan.FromMinutes(10));

        Assert.Equal(TimeSpan.FromMinutes(5), _breaker.Refusal()!.RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull(_breaker.Enter().Entry);
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _breaker.Enter().Entry!.Report(success: false);
    }

    private void Succeed() => _breaker.Enter().Entry!.Report(success: true);
}
