using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>What became of a message whose answer was lost.</summary>
public sealed class LookupTests
{
    [Fact]
    public async Task A_message_is_found_in_Sent_Items_with_one_request()
    {
        await using var rig = await GraphRig.StartAsync();
        await rig.SendAsync(AnEmail().Key("d-1").Build());
        rig.StandIn.Server.Forget();

        Assert.Equal(SendResult.Accepted(rig.StandIn.Sent[0].Id), await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow()));
        var request = Assert.Single(rig.StandIn.Server.Requests);
        Assert.Equal("/v1.0/users/care%40shop.example/mailFolders/sentitems/messages", request.Path);
        Assert.Equal("internetMessageId eq '<d-1@shop.example>'", request.Parameter("$filter"));
        Assert.Contains("IdType=\"ImmutableId\"", request.Header("Prefer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_moved_elsewhere_is_found_too()
    {
        await using var rig = await GraphRig.StartAsync();
        await rig.SendAsync(AnEmail().Key("d-1").Build());
        rig.StandIn.Sent[0].Folder = "archive";

        Assert.IsType<SendAccepted>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow().AddDays(-1)));
    }

    [Fact]
    public async Task One_whose_Message_ID_Exchange_replaced_is_found_by_our_header()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.ReplacesMessageIds = true;
        await rig.SendAsync(AnEmail().Key("d-1").Build());
        await rig.SendAsync(AnEmail().Key("d-2").Build());

        Assert.Equal(SendResult.Accepted(rig.StandIn.Sent[1].Id), await rig.LookUpAsync("d-2", rig.Clock.GetUtcNow().AddDays(-1)));
    }

    [Fact]
    public async Task One_that_is_still_a_draft_is_unknown_until_transport_takes_it_however_old_it_is()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.TransportIsLate = true;
        await rig.SendAsync(AnEmail().Key("d-1").Build());

        Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow().AddDays(-3)));
        rig.StandIn.Transport();
        Assert.IsType<SendAccepted>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow().AddDays(-3)));
    }

    [Theory]
    [InlineData(60, 59, false)]
    [InlineData(60, 60, true)]
    [InlineData(5, 6, true)]
    [InlineData(0, 100_000, false)]
    public async Task One_that_is_nowhere_was_not_taken_only_after_the_time_in_the_settings(int setting, int minutes, bool notTaken)
    {
        await using var rig = await GraphRig.StartAsync(settings => settings.NotTakenAfterMinutes = setting);
        var result = await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow().AddMinutes(-minutes));

        Assert.Equal(notTaken, result is SendDeferred);
        Assert.True(result is SendDeferred or SendUnknown);
    }

    [Fact]
    public async Task A_search_that_fails_halfway_says_nothing_about_the_message()
    {
        await using var rig = await GraphRig.StartAsync();
        for (var passing = 0; passing < 3; passing++)
        {
            rig.StandIn.Server.Fault = HttpFault.Status(500).After(passing);
            Assert.IsType<SendUnknown>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow().AddDays(-1)));
        }

        rig.StandIn.Server.Fault = HttpFault.Status(500).After(3);
        Assert.IsType<SendDeferred>(await rig.LookUpAsync("d-1", rig.Clock.GetUtcNow().AddDays(-1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("d' or 1 eq 1")]
    [InlineData("d@x")]
    public async Task A_key_that_is_none_never_reaches_a_filter(string key)
    {
        await using var rig = await GraphRig.StartAsync();

        Assert.IsType<SendUnknown>(await rig.LookUpAsync(key, rig.Clock.GetUtcNow().AddDays(-1)));
        Assert.Empty(rig.StandIn.Server.Requests);
    }
}
