using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="IEventPoller"/> promises whose service can be made to misbehave: all of <see cref="EventPollerSuite"/>, and that an outage is never read as nothing.</summary>
public abstract class EventPollerFaultSuite : EventPollerSuite
{
    /// <summary>The service's faults.</summary>
    protected abstract IServiceFaults Faults { get; }

    /// <summary>An empty answer would be taken for the truth.</summary>
    [Theory]
    [MemberData(nameof(ServiceFaults.OfACall), MemberType = typeof(ServiceFaults))]
    public async Task A_fault_of_the_service_is_an_error_and_not_an_empty_answer(ServiceFault fault) => await (await ReadsAsync()).ThrowAsync(fault);

    /// <summary>The host gives up after its own time limit.</summary>
    [Fact]
    public async Task A_call_that_is_given_up_ends() => await (await ReadsAsync()).EndWhenGivenUpAsync();

    /// <summary>A connection is taken away while it works.</summary>
    [Fact]
    public async Task Disposal_during_a_call_ends_both() => await (await ReadsAsync()).EndWhenDisposedAsync(() => Connector.DisposeAsync().AsTask());

    private async Task<ReadsUnderFaults> ReadsAsync()
    {
        await HappenAsync();
        return new ReadsUnderFaults(
            new CallUnderFault(Faults, AssertNoSecretIn, Log), ("poll", cancellation => Subject.PollAsync(null, cancellation)));
    }
}
