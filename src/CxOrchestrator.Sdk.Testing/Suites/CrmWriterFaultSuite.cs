using CxOrchestrator.Sdk.Testing.Builders;
using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ICrmWriter"/> promises whose service can be made to misbehave: all of <see cref="CrmWriterSuite"/>, and what becomes of a change then.</summary>
public abstract class CrmWriterFaultSuite : CrmWriterSuite
{
    /// <summary>The service's faults.</summary>
    protected abstract IServiceFaults Faults { get; }

    /// <summary>Refused for good only where the service refuses this change; and after the next try it stands once.</summary>
    [Theory]
    [MemberData(nameof(ServiceFaults.OfACall), MemberType = typeof(ServiceFaults))]
    public Task A_fault_of_the_service_becomes_the_right_result_and_the_next_try_stands_once(ServiceFault fault) => Writes().MapsAsync(fault);

    /// <summary>The host waits as long as the service asks.</summary>
    [Fact]
    public Task A_throttled_change_is_tried_again_after_the_services_own_wait() => Writes().PassesTheWaitOnAsync();

    /// <summary>The connection ends after the service has done it: the key is what keeps it one.</summary>
    [Theory]
    [InlineData(ServiceFault.CutAfterBody)]
    [InlineData(ServiceFault.CutInAnswer)]
    public Task A_cut_at_any_request_of_a_change_leaves_it_once(ServiceFault cut) => Writes().SurvivesACutAnywhereAsync(cut);

    /// <summary>One result for each change, also in bad times.</summary>
    [Theory]
    [InlineData(ServiceFault.Throttled)]
    [InlineData(ServiceFault.Failing)]
    [InlineData(ServiceFault.CutAfterBody)]
    public async Task A_batch_that_meets_a_fault_gives_one_result_for_each_change_and_stands_once_after_the_next_try(ServiceFault fault)
    {
        var person = await AddPersonAsync();
        var changes = Enumerable.Range(0, Math.Min(5, Subject.BatchSize)).Select(_ => Some.AChange(person, CrmChangeKind.Answer, ("score", 8))).ToList();

        var results = await Call().ResultAsync(fault, cancellation => Subject.UpsertAsync(changes, cancellation));
        Assert.Equal(changes.Count, results.Count);
        Assert.All(results, result => Assert.IsType<WriteRetry>(result));
        Assert.All(results, result => AssertNoSecretIn(result.ToString()));

        Assert.All(await Subject.UpsertAsync(changes, default), result => Assert.IsType<Written>(result));
        foreach (var change in changes)
            Assert.Equal(1, await CountAsync(change.Key));
    }

    /// <summary>The host gives up after its own time limit.</summary>
    [Fact]
    public Task A_call_that_is_given_up_ends_and_can_be_made_again() => Writes().EndsWhenGivenUpAsync();

    /// <summary>A connection is taken away while it works.</summary>
    [Fact]
    public Task Disposal_during_a_call_ends_both() => Writes().EndsWhenDisposedAsync(() => Connector.DisposeAsync().AsTask());

    private CallUnderFault Call() => new(Faults, AssertNoSecretIn, Log);

    private WritesUnderFaults Writes() => new(Call(), async () =>
    {
        var change = Some.AChange(await AddPersonAsync(), CrmChangeKind.Answer, ("score", 3), ("comment", "late"));
        return (async cancellation => Assert.Single(await Subject.UpsertAsync([change], cancellation)), () => CountAsync(change.Key));
    });
}
