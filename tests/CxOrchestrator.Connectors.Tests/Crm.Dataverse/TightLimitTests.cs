using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>Organisations that allow little.</summary>
public sealed class TightLimitTests
{
    [Fact]
    public async Task A_limit_that_is_known_is_never_gone_over()
    {
        await using var rig = await DataverseRig.StartAsync(settings => (settings.RequestsPerFiveMinutes, settings.ChangesPerRequest) = (40, 10));
        rig.Organisation.Limits.RequestsPerWindow = 40;

        var driver = await RunAsync(rig, 2000);

        Assert.Equal(2000, driver.Written.Count);
        Assert.InRange(rig.Organisation.Limits.MostInWindow, 30, 40);
        Assert.Equal(0, rig.Organisation.Limits.Refused);
    }

    [Fact]
    public async Task A_limit_that_is_lower_than_we_know_is_found_by_being_told()
    {
        await using var rig = await DataverseRig.StartAsync(settings => settings.ChangesPerRequest = 10);
        rig.Organisation.Limits.RequestsPerWindow = 50;
        rig.Organisation.Limits.RetryAfter = TimeSpan.FromSeconds(90);

        var driver = await RunAsync(rig, 1000);

        Assert.Equal(1000, driver.Written.Count);
        Assert.Equal(1000, rig.Organisation.All("email").Count);
        // What was under way together is refused together, and nothing more: each Retry-After is waited for.
        Assert.InRange(rig.Organisation.Limits.Refused, 1, 60);
    }

    [Fact]
    public async Task Fewer_requests_at_once_are_made_where_the_organisation_takes_fewer()
    {
        await using var rig = await DataverseRig.StartAsync(settings => (settings.ChangesPerRequest, settings.MostRequestsAtOnce) = (2, 24));
        rig.Organisation.Limits.AtOnce = 2;
        rig.Organisation.Limits.RetryAfter = TimeSpan.FromSeconds(1);

        var driver = await RunAsync(rig, 800);

        Assert.Equal(800, driver.Written.Count);
        Assert.Equal(800, rig.Organisation.All("email").Count);
        Assert.InRange(rig.Connector.Limits.Level, 1, 24);
    }

    private static async Task<WriteBackDriver> RunAsync(DataverseRig rig, int changes)
    {
        var anna = rig.Contact();
        var driver = new WriteBackDriver(rig.Writer, rig.Organisation.Clock, batchesAtOnce: 3);
        for (var i = 0; i < changes; i++)
            driver.Owe(DataverseRig.Change($"message/{i}", anna, CrmChangeKind.Message, null, ("channel", "email")), rig.Organisation.Now);
        await driver.RunAsync();
        Assert.Empty(driver.Refused);
        return driver;
    }
}
