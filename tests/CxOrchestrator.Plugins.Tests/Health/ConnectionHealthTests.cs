using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.Health;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.States;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxOrchestrator.Plugins.Tests.Health;

public sealed class ConnectionHealthTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConnectionHealth _health;
    private readonly CallGuard _guard;

    public ConnectionHealthTests()
    {
        var options = new GuardOptions();
        var board = new StateBoard(_time, NullLogger.Instance);
        _health = new ConnectionHealth("connection:crm", options, board);
        _guard = new CallGuard(options, new CallLimits(options, _time), _time, new ExceptionText(new SecretMask()), _health);
        _health.Begin(_guard, null, probed: true);
    }

    [Fact]
    public async Task A_probe_that_finds_the_service_back_ends_the_quarantine_of_an_outage()
    {
        await QuarantineAsync();
        _health.Probed(healthy: false, "no answer", "");
        Assert.NotNull(_guard.Breaker.Refusal());

        _health.Probed(healthy: true, "fine", "");

        Assert.Null(_guard.Breaker.Refusal());
    }

    [Fact]
    public async Task A_connection_whose_probe_was_content_all_along_stays_in_quarantine()
    {
        _health.Probed(healthy: true, "fine", "");
        await QuarantineAsync();

        _health.Probed(healthy: true, "fine", "");

        Assert.NotNull(_guard.Breaker.Refusal());
    }

    [Fact]
    public async Task A_probe_goes_through_while_other_calls_are_refused()
    {
        await QuarantineAsync();

        Assert.IsType<CallResult<int>.NotCalled>(await _guard.CallAsync(CallKind.Read, _ => Task.FromResult(1), default));
        Assert.IsType<CallResult<int>.Answered>(await _guard.CallAsync(CallKind.Probe, _ => Task.FromResult(1), default));
    }

    private async Task QuarantineAsync()
    {
        while (_guard.Breaker.Position != BreakerPosition.Quarantined)
        {
            await _guard.CallAsync<int>(CallKind.Send, _ => throw new TimeoutException(), default);
            _time.Advance(TimeSpan.FromSeconds(5));
        }
    }
}
