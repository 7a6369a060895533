using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Connections;

public sealed class ConnectionConfigurationTests
{
    [Fact]
    public async Task Two_connections_of_one_plugin_have_settings_folders_and_counts_of_their_own()
    {
        await using var host = await LoadedAsync(host => host
            .WithConnection("eu crm", "well-behaved", "Settings:Greeting", "hallo")
            .WithConnection("us crm", "well-behaved", "Settings:Greeting", "howdy"));

        await host.Connections.SendSmsAsync("eu crm");
        var eu = await host.Connections.SendSmsAsync("eu crm");
        var us = await host.Connections.SendSmsAsync("US CRM");

        Assert.Equal("eu crm: hallo, words 1.0.0, 2", eu.Receipt());
        Assert.Equal("us crm: howdy, words 1.0.0, 1", us.Receipt());
        Assert.True(Directory.Exists(Path.Combine(host.DataFolder, "connections", "eu crm")));
        Assert.True(Directory.Exists(Path.Combine(host.DataFolder, "connections", "us crm")));
    }

    [Fact]
    public async Task Bad_settings_fault_their_own_connection_only_and_all_are_told()
    {
        await using var host = await LoadedAsync(host => host
            .WithConnection("bad", "well-behaved", "Settings:Volume", "11", "Settings:Greting", "hi", "Settings:ApiKey", "hunter2", "Guard:Concurrency", "0")
            .WithConnection("good", "well-behaved"));

        var report = host.Report("bad");

        Assert.Equal(ConnectionState.Misconfigured, report.State);
        Assert.Equal(
            "Guard:Concurrency: The field Concurrency must be between 1 and 1000. (it is \"0\"); "
                + "Settings:ApiKey: a secret may not stand in the settings themselves: put it in an environment variable or a file and write "
                + "\"env:NAME\" or \"file:PATH\" here (\"user-secrets:KEY\" and \"keyvault:https://VAULT.vault.azure.net/secrets/NAME\" are understood, too); "
                + "unknown setting Settings:Greting; did you mean \"Greeting\"?; "
                + "Settings:Volume: The field Volume must be between 1 and 10. (it is \"11\")",
            report.Reason);
        Assert.Contains("\"bad\"", report.WhatToDo, StringComparison.Ordinal);
        Assert.NotNull((await host.Connections.SendSmsAsync("good")).Receipt());
        Assert.Contains("is Misconfigured", (await host.Connections.SendSmsAsync("bad")).NotCalledBecause(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("well-behavd", "", "there is no plugin \"well-behavd\"; did you mean \"well-behaved\"?")]
    [InlineData("", "", "Connections:0: Plugin is missing: the id of the plugin that it uses")]
    [InlineData("well-behaved", "Setings", "Connections:0: unknown key Setings; did you mean \"Settings\"?")]
    [InlineData("well-behaved", "Enabled", "Connections:0: Enabled is \"x\", and must be true or false")]
    public async Task A_faulty_entry_is_told(string plugin, string key, string reason)
    {
        await using var host = await LoadedAsync(host => host.WithConnection("one", plugin, key.Length > 0 ? [key, "x"] : []));

        Assert.Equal((ConnectionState.Misconfigured, reason), (host.Report("one").State, host.Report("one").Reason));
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("ends.")]
    public async Task A_name_that_could_leave_the_data_folder_is_refused(string name)
    {
        await using var host = await LoadedAsync(host => host.WithConnection(name, "well-behaved"));

        Assert.Contains($"Name is \"{name}\"", host.Report(name).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_without_a_name_is_called_by_its_place()
    {
        await using var host = await LoadedAsync(host => host.WithConnection("", "well-behaved"));

        Assert.Equal("Connections:0: Name is missing", host.Report("Connections:0").Reason);
    }

    [Fact]
    public async Task Connections_that_share_a_name_are_all_at_fault()
    {
        await using var host = await LoadedAsync(host => host
            .WithConnection("mail", "well-behaved").WithConnection("Mail", "well-behaved").WithConnection("other", "well-behaved"));

        Assert.Equal(
            [ConnectionState.Misconfigured, ConnectionState.Misconfigured, ConnectionState.Ready],
            host.Connections.Connections.Select(one => one.Report.State));
        Assert.Contains("more than one connection is called \"mail\"", host.Report("mail").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_switched_off_stays_off_and_is_not_chosen()
    {
        await using var host = await LoadedAsync(host => host
            .WithConnection("off", "well-behaved", "Enabled", "false", "Settings:Volume", "99").WithConnection("on", "well-behaved"));

        Assert.Equal(ConnectionState.Disabled, host.Report("off").State);
        Assert.Equal("Set its Enabled to true to use it.", host.Report("off").WhatToDo);
        Assert.False(host.Connections.Accepts("off"));
        Assert.Equal("on", host.Connections.For(Capability.SmsSender)?.Name);
        Assert.Contains("is Disabled", (await host.Connections.SendSmsAsync("off")).NotCalledBecause(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_is_switched_off_is_not_loaded()
    {
        await using var host = await LoadedAsync(host => host.With("Plugins:Disabled:0", "well-behaved").WithConnection("one", "well-behaved"));

        Assert.Equal(ConnectionState.Disabled, host.PluginReport("well-behaved").State);
        Assert.Equal(ConnectionState.Disabled, host.Report("one").State);
    }

    [Fact]
    public async Task The_connection_that_is_named_for_a_piece_of_work_does_it_or_nobody_does()
    {
        await using var host = await LoadedAsync(host => host
            .WithConnection("first", "well-behaved")
            .WithConnection("broken", "well-behaved", "Settings:Volume", "99")
            .With("Use:SmsSender", "broken")
            .With("Use:HealthProbe", "frist")
            .With("Use:CrmReader", "first")
            .With("Use:SmsSendr", "first"));

        Assert.Equal("broken", host.Connections.For(Capability.SmsSender)?.Name);
        Assert.Null(host.Connections.For(Capability.HealthProbe));
        Assert.Null(host.Connections.For(Capability.CrmReader));
        Assert.Equal(
            [
                "Use: unknown capability SmsSendr; did you mean \"SmsSender\"?",
                "Use:CrmReader: the connection \"first\" can't do that; it can SmsSender, HealthProbe",
                "Use:HealthProbe: there is no connection \"frist\"; did you mean \"first\"?",
            ],
            host.Host.Faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Limits_that_cannot_be_read_stop_every_connection_rather_than_be_guessed()
    {
        await using var host = await LoadedAsync(host => host.With("Guard:TimeLimt", "00:00:10").WithConnection("one", "well-behaved"));

        Assert.Equal(ConnectionState.Misconfigured, host.Report("one").State);
        Assert.Equal("unknown setting Guard:TimeLimt; did you mean \"TimeLimit\"?", host.Report("one").Reason);
        Assert.Contains(host.Report("one").Reason, host.Host.Faults);
    }

    [Fact]
    public async Task A_folder_of_plugins_that_is_missing_is_a_fault_and_stops_nothing()
    {
        await using var host = new AHost().With("Plugins:Folder", "/no/such/folder").WithConnection("one", "well-behaved");
        await host.LoadedAsync();

        Assert.StartsWith("Plugins:Folder: /no/such/folder can't be read", Assert.Single(host.Host.Faults), StringComparison.Ordinal);
        Assert.Equal("there is no plugin \"well-behaved\"; there are none", host.Report("one").Reason);
    }

    [Fact]
    public async Task A_call_of_what_a_connection_does_not_claim_or_of_none_is_not_made()
    {
        await using var host = await LoadedAsync(host => host.WithConnection("one", "well-behaved"));

        var email = await host.Connections.CallAsync<IEmailSender, int>("one", CallKind.Send, (_, _) => Task.FromResult(1), default);
        var nobody = await host.Connections.SendSmsAsync("two");

        Assert.Equal("the connection \"one\" is no IEmailSender", email.NotCalledBecause());
        Assert.Equal("there is no connection \"two\"; known: one", nobody.NotCalledBecause());
    }

    private static async Task<AHost> LoadedAsync(Func<AHost, AHost> configure) =>
        await configure(await new AHost().WithPluginsAsync("well-behaved")).LoadedAsync();
}
