using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="IHealthProbe"/> promises whose service can be made to misbehave: all of <see cref="HealthProbeSuite"/>, and what it reports then.</summary>
public abstract class HealthProbeFaultSuite : HealthProbeSuite
{
    /// <summary>The service's faults.</summary>
    protected abstract IServiceFaults Faults { get; }

    /// <summary>A report, never an exception; and an instruction.</summary>
    [Theory]
    [InlineData(ServiceFault.Unauthorised)]
    [InlineData(ServiceFault.Forbidden)]
    [InlineData(ServiceFault.Failing)]
    [InlineData(ServiceFault.CutBeforeBody)]
    [InlineData(ServiceFault.CutAfterBody)]
    [InlineData(ServiceFault.CutInAnswer)]
    [InlineData(ServiceFault.Garbage)]
    [InlineData(ServiceFault.WrongPage)]
    public async Task A_fault_of_the_service_is_reported_with_what_to_do_and_is_over_when_it_is(ServiceFault fault)
    {
        var report = await Call().ResultAsync(fault, Subject.ProbeAsync);

        Assert.False(report.Healthy, $"{fault}: {report.Text}");
        Assert.NotEmpty(report.Text);
        Assert.False(string.IsNullOrWhiteSpace(report.WhatToDo));
        var after = await Subject.ProbeAsync(default);
        Assert.True(after.Healthy, after.Text);
    }

    /// <summary>A service that asks to slow down is there.</summary>
    [Fact]
    public async Task A_throttled_probe_is_a_report_too() => Assert.NotEmpty((await Call().ResultAsync(ServiceFault.Throttled, Subject.ProbeAsync)).Text);

    /// <summary>The host gives up after its own time limit.</summary>
    [Fact]
    public async Task A_probe_that_is_given_up_ends()
    {
        var report = await Call().GiveUpAsync(Subject.ProbeAsync);

        Assert.True(report is not { Healthy: true });
    }

    private CallUnderFault Call() => new(Faults, AssertNoSecretIn, Log);
}
