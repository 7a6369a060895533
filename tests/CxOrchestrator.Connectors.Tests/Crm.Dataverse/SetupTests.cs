using System.Text;
using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Plugins.CrmDataverse;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Connectors.Tests.Crm.Dataverse.DataverseRig;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>What setup sees and makes, and webhooks by each kind of key.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task Setup_names_what_is_missing_wrong_or_too_little()
    {
        await using var rig = await StartAsync(furnish: organisation =>
        {
            organisation.Tables["contact"].Columns["cxo_lastscore"] = "String";
            organisation.Tables["contact"].Columns.Remove("cxo_donotsms");
            organisation.Tables["incident"].Tracked = false;
        });

        var items = (await rig.Connector.InspectAsync(default)).ToDictionary(item => item.Id);

        Assert.Equal(SetupState.Present, items["user"].State);
        Assert.Equal(SetupState.Present, items["table:cxo_touchpoint"].State);
        Assert.Equal((SetupState.Missing, false), (items["column:contact.cxo_lastscore"].State, items["column:contact.cxo_lastscore"].CanCreate));
        Assert.Contains("type String and should be Integer", items["column:contact.cxo_lastscore"].WhatToDo, StringComparison.Ordinal);
        Assert.Equal((SetupState.Missing, true, true), (items["column:contact.cxo_donotsms"].State, items["column:contact.cxo_donotsms"].CanCreate, items["column:contact.cxo_donotsms"].Optional));
        Assert.Equal((SetupState.Missing, true), (items["tracking:incident"].State, items["tracking:incident"].CanCreate));
        Assert.Equal(SetupState.Missing, items["privilege:prvWriteContact"].State);
        // It has that one, but for its own rows alone.
        Assert.Equal(SetupState.Missing, items["privilege:prvReadContact"].State);
        Assert.Equal(SetupState.Present, items["privilege:prvCreateIncident"].State);
        Assert.Contains("public address", items["webhook"].WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_organisation_is_made_ready_and_then_takes_everything()
    {
        await using var organisation = await DataverseOrganisation.StartAsync();
        organisation.Strip();
        using var folder = new TemporaryFolder();
        var context = new ConnectionContext("crm", folder.Path, organisation.Clock, new RecordingLog()) { WebhookUrl = new Uri("https://cx.example.com/hooks/crm") };
        await using var connector = DataverseRig.Connect(context, organisation);
        var anna = organisation.Put("contact", null, ("fullname", "Anna"));
        CrmChange[] changes =
        [
            Change("answer/1", anna, CrmChangeKind.Answer, null, ("score", 9)),
            Change("score/1", anna, CrmChangeKind.Score, null, ("last_score", 9)),
        ];
        organisation.Tables.Remove("msfp_surveyresponse");
        Assert.All(await connector.UpsertAsync(changes, default), result => Assert.Contains("see what setup says", Assert.IsType<WriteRetry>(result).Text, StringComparison.Ordinal));

        foreach (var item in (await connector.InspectAsync(default)).Where(item => item is { State: SetupState.Missing, CanCreate: true }))
            Assert.IsType<Written>(await ((ISetup)connector).CreateAsync(item.Id, default));

        Assert.All(await connector.UpsertAsync(changes, default), result => Assert.IsType<Written>(result));
        Assert.Equal("9", Assert.Single(organisation.All("cxo_touchpoint")).Text("cxo_score"));
        Assert.True(organisation.Tables["contact"].Tracked);
        var endpoint = Assert.Single(organisation.All("serviceendpoint"));
        Assert.Equal(("https://cx.example.com/hooks/crm", "8", "5", "2"), (endpoint.Text("url"), endpoint.Text("contract"), endpoint.Text("authtype"), endpoint.Text("messageformat")));
        Assert.Contains(WebhookKey, endpoint.Text("authvalue"), StringComparison.Ordinal);
        Assert.Equal(6, organisation.All("sdkmessageprocessingstep").Count);
        Assert.All(organisation.All("sdkmessageprocessingstep"), step => Assert.Equal(("40", "1", endpoint.Id.ToString("D")), (step.Text("stage"), step.Text("mode"), step.Text("_eventhandler_value"))));
        Assert.DoesNotContain(organisation.Server.Requests, request => request.Target.Contains(WebhookKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_to_follow_names_every_column_and_privilege()
    {
        await using var rig = await StartAsync();
        var file = await rig.Connector.DescribeAsync(default);

        var text = Encoding.UTF8.GetString(file!.Content.Span);
        foreach (var item in (await rig.Connector.InspectAsync(default)).Where(item => item.Id.StartsWith("column:", StringComparison.Ordinal) && item.Id.Contains("cxo_", StringComparison.Ordinal)))
            Assert.Contains(item.Id.Split('.')[^1], text, StringComparison.Ordinal);
        Assert.Contains("| prvReadContact | Organization |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebhookKeyKind.WebhookKey, "?code=KEY", true)]
    [InlineData(WebhookKeyKind.WebhookKey, "?code=KEX", false)]
    [InlineData(WebhookKeyKind.WebhookKey, "?code=KEY&code=KEY", false)]
    [InlineData(WebhookKeyKind.WebhookKey, "?x-cxo-key=KEY", false)]
    [InlineData(WebhookKeyKind.WebhookKey, "", false)]
    [InlineData(WebhookKeyKind.HttpQueryString, "?a=1&x-cxo-key=KEY", true)]
    [InlineData(WebhookKeyKind.HttpHeader, "?code=KEY", false)]
    public async Task The_key_is_looked_for_where_it_was_agreed(WebhookKeyKind kind, string query, bool verified)
    {
        await using var rig = await StartAsync(settings => (settings.WebhookKeyKind, settings.WebhookKey) = (kind, new Secret("a+b/c=d&e")));
        var url = new Uri("https://cx.example.com/hooks/crm" + query.Replace("KEY", Uri.EscapeDataString("a+b/c=d&e"), StringComparison.Ordinal));

        var result = await rig.Connector.ReceiveAsync(new WebhookRequest("POST", url, [], "{}"u8.ToArray()), default);

        Assert.Equal((verified, verified ? 204 : 401), (result.Verified, result.Status));
    }

    [Fact]
    public async Task Without_a_key_in_the_settings_every_webhook_is_refused()
    {
        await using var rig = await StartAsync(settings => settings.WebhookKey = null);

        var result = await rig.Connector.ReceiveAsync(
            new WebhookRequest("POST", new Uri("https://cx.example.com/hooks/crm?code="), [new("x-cxo-key", "")], "{}"u8.ToArray()), default);
        Assert.False(result.Verified);
    }

    [Fact]
    public async Task The_plugin_connects_by_a_connection_string_without_calling_anybody()
    {
        using var folder = new TemporaryFolder();
        var settings = new DataverseSettings
        {
            ConnectionString = new Secret("AuthType=Certificate;Url=https://contoso.crm4.dynamics.com;ClientId=a;Thumbprint=00"), TenantId = "t",
        };
        await using var connector = ((IPlugin<DataverseSettings>)new DataversePlugin()).Connect(
            new ConnectionContext("crm", folder.Path, TimeProvider.System, new RecordingLog()), settings);

        var report = await ((IHealthProbe)connector).ProbeAsync(default);
        Assert.Contains("the certificate is in neither", report.Text, StringComparison.Ordinal);
    }
}
