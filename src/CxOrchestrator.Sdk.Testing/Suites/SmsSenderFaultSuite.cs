using CxOrchestrator.Sdk.Testing.Builders;
using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ISmsSender"/> promises whose service can be made to misbehave: all of <see cref="SmsSenderSuite"/>, and what becomes of a message then.</summary>
public abstract class SmsSenderFaultSuite : SmsSenderSuite
{
    /// <summary>The service's faults.</summary>
    protected abstract IServiceFaults Faults { get; }

    /// <summary>Every fault has its result: never accepted; unknown where the message may be out; deferred only where it is not.</summary>
    [Theory]
    [MemberData(nameof(ServiceFaults.OfACall), MemberType = typeof(ServiceFaults))]
    public Task A_fault_of_the_service_becomes_the_right_result(ServiceFault fault) => Sends().MapsAsync(fault);

    /// <summary>The host waits as long as the service asks.</summary>
    [Fact]
    public Task A_throttled_message_is_deferred_by_the_services_own_wait() => Sends().PassesTheWaitOnAsync();

    /// <summary>A connection that broke is not used again, and credentials that failed are not kept failed.</summary>
    [Theory]
    [InlineData(ServiceFault.Throttled)]
    [InlineData(ServiceFault.Unauthorised)]
    [InlineData(ServiceFault.Failing)]
    [InlineData(ServiceFault.CutBeforeBody)]
    [InlineData(ServiceFault.CutAfterBody)]
    public Task After_the_fault_the_next_try_arrives_once(ServiceFault fault) => Sends().RecoversAsync(fault);

    /// <summary>The host gives up after its own time limit.</summary>
    [Fact]
    public Task A_call_that_is_given_up_ends_and_is_not_accepted() => Sends().EndsWhenGivenUpAsync();

    /// <summary>A connection is taken away while it works.</summary>
    [Fact]
    public Task Disposal_during_a_call_ends_both() => Sends().EndsWhenGivenUpAsync(() => Connector.DisposeAsync().AsTask());

    private SendsUnderFaults Sends()
    {
        var message = Some.ASms();
        return new SendsUnderFaults(
            new CallUnderFault(Faults, AssertNoSecretIn, Log),
            cancellation => Subject.SendAsync(message, cancellation),
            async () => (await ArrivedAsync()).Count(arrived => arrived.Key == message.Key),
            Subject.HonoursKey);
    }
}
