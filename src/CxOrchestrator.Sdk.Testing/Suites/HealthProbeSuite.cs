using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="IHealthProbe"/> promises.</summary>
public abstract class HealthProbeSuite : ConnectorSuite<IHealthProbe>
{
    /// <summary>A service that is up is healthy.</summary>
    [Fact]
    public async Task A_service_that_is_up_is_healthy()
    {
        var report = await Subject.ProbeAsync(default);

        Assert.True(report.Healthy, report.Text);
        Assert.NotEmpty(report.Text);
        AssertNoSecretIn(report.ToString());
        AssertNoSecretIn(Log.Text);
    }

    /// <summary>A service that is down is a report with an instruction.</summary>
    [Fact]
    public async Task A_service_that_can_not_be_reached_is_a_report_that_says_what_to_do()
    {
        var report = await WithoutServiceAsync(probe => probe.ProbeAsync(default));

        Assert.False(report.Healthy);
        Assert.NotEmpty(report.Text);
        Assert.False(string.IsNullOrWhiteSpace(report.WhatToDo));
    }

    /// <summary>A cancelled call ends.</summary>
    [Fact]
    public async Task A_cancelled_call_ends() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.ProbeAsync(new CancellationToken(true)));
}
