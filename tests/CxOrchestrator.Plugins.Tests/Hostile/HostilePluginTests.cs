using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Hostile;

public sealed class HostilePluginTests(AllPluginsTogether all) : IClassFixture<AllPluginsTogether>
{
    private readonly AHost _host = all.Host;

    public static TheoryData<string> Folders => [.. HostilePlugins.HostilePlugins.All.Select(plugin => plugin.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plugin_stands_in_the_state_that_it_deserves_with_a_reason(string folder)
    {
        var expected = HostilePlugins.HostilePlugins.Named(folder);

        var status = _host.Connections.Plugins.Single(plugin => Path.GetFileName(plugin.Folder) == folder);

        Assert.Equal(expected.PluginState, status.Report.State.ToString());
        Assert.All(expected.PluginReason, part => Assert.Contains(part, status.Report.Reason, StringComparison.Ordinal));
        Assert.Equal(status.Report.State == ConnectionState.Ready, status.Report.WhatToDo.Length == 0);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Its_connection_stands_in_the_state_that_it_deserves_with_a_reason(string folder)
    {
        var expected = HostilePlugins.HostilePlugins.Named(folder);

        var report = _host.Report(folder);

        Assert.Equal(expected.ConnectionState, report.State.ToString());
        Assert.All(expected.ConnectionReason, part => Assert.Contains(part, report.Reason, StringComparison.Ordinal));
        Assert.Equal(report.State == ConnectionState.Ready, report.WhatToDo.Length == 0);
    }

    [Theory]
    [InlineData("well-behaved", "words 1.0.0")]
    [InlineData("well-behaved.newer", "words 2.0.0")]
    public async Task A_healthy_plugin_works_beside_all_others_with_its_own_version_of_a_shared_library(string connection, string words)
    {
        var result = await _host.Connections.SendSmsAsync(connection);

        Assert.Contains(words, result.Receipt(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hangs-in-connect")]
    [InlineData("claims-too-much")]
    [InlineData("twin-a")]
    [InlineData("escape-link")]
    [InlineData("malformed-json")]
    public async Task A_connection_that_does_not_stand_is_not_called_and_says_why(string connection)
    {
        var result = await _host.Connections.SendSmsAsync(connection);

        Assert.Contains("is Incompatible: ", result.NotCalledBecause(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_throws_fails_and_its_reason_shows_no_number_of_a_customer()
    {
        var result = await _host.Connections.SendSmsAsync("throws-from-every-call", to: "+66 81 234 5678");

        Assert.Contains("InvalidOperationException: the service refused (number)", result.FailedBecause(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_that_answers_with_nothing_fails()
    {
        var noTask = await _host.Connections.SendSmsAsync("returns-null");
        var noResult = await _host.Connections.CallAsync<IEmailSender, SendResult>(
            "returns-null",
            CallKind.Send,
            (sender, token) => sender.SendAsync(new EmailMessage { Key = "k", To = new("a@b.example"), Subject = "s", Text = "t" }, token),
            CancellationToken.None);

        Assert.Contains("no task (null)", noTask.FailedBecause(), StringComparison.Ordinal);
        Assert.Contains("nothing (null)", noResult.FailedBecause(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_nobody_is_answered_and_a_page_that_is_missing_is_a_failure()
    {
        var nobody = await _host.Connections.CallAsync<ICrmReader, CrmPerson?>(
            "returns-null", CallKind.Read, (crm, token) => crm.FindAsync("1", token), CancellationToken.None);
        var page = await _host.Connections.CallAsync<ICrmReader, Page<CrmPerson>>(
            "returns-null", CallKind.Read, (crm, token) => crm.ChangedSinceAsync(null, token), CancellationToken.None);

        Assert.Null(Assert.IsType<CallResult<CrmPerson?>.Answered>(nobody).Value);
        Assert.Contains("nothing (null)", page.FailedBecause(), StringComparison.Ordinal);
    }

    [Fact]
    public void Assemblies_of_a_plugin_that_is_refused_are_never_loaded()
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.Location).ToList();

        Assert.Contains(loaded, path => path.StartsWith(Path.Combine(_host.PluginsFolder, "well-behaved"), StringComparison.Ordinal));
        Assert.DoesNotContain(loaded, path => path.Contains("/escape-", StringComparison.Ordinal));
        Assert.DoesNotContain(loaded, path => path.Contains("/twin-", StringComparison.Ordinal));
        Assert.DoesNotContain(loaded, path => path.Contains("-sdk/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_whose_every_slot_hangs_holds_up_no_other()
    {
        await using var host = await (await new AHost().WithPluginsAsync("hangs", "well-behaved"))
            .WithConnection("stuck", "hangs")
            .WithConnection("good", "well-behaved")
            .LoadedAsync();
        var stuck = Enumerable.Range(0, 16).Select(_ => host.Connections.SendSmsAsync("stuck")).ToList();

        Assert.NotNull((await host.Connections.SendSmsAsync("good")).Receipt());
        host.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.All(await Task.WhenAll(stuck), result => Assert.Contains("did not answer", result.FailedBecause(), StringComparison.Ordinal));
        Assert.Equal(ConnectionState.Degraded, host.Report("stuck").State);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(host.Connections.Accepts("stuck"));
        Assert.Contains("never returned", (await host.Connections.SendSmsAsync("stuck")).NotCalledBecause(), StringComparison.Ordinal);
        Assert.Contains("all of its 16 slots are held", host.Report("stuck").Reason, StringComparison.Ordinal);
        Assert.Contains("Restart the service", host.Report("stuck").WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connector_that_throws_when_it_is_closed_stops_nobody_from_closing()
    {
        await using var host = await (await new AHost().WithPluginsAsync("throws-on-dispose", "well-behaved"))
            .WithConnection("bad", "throws-on-dispose")
            .WithConnection("good", "well-behaved")
            .LoadedAsync();
        Assert.Equal("sent", (await host.Connections.SendSmsAsync("bad")).Receipt());

        await host.Host.DisposeAsync();

        Assert.Contains(host.Log.Lines, line => line.Contains("bad failed to close: InvalidOperationException: already closed", StringComparison.Ordinal));
    }
}
