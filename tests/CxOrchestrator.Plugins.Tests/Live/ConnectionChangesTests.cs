using System.Text.Json;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Live;

public sealed class ConnectionChangesTests : IAsyncLifetime
{
    private readonly AHost _host = new();

    public async Task InitializeAsync()
    {
        await _host.WithPluginsAsync("well-behaved");
        await _host.WithConnection("first", "well-behaved").LoadedAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_connection_that_is_added_works_without_a_restart_and_the_others_go_on_as_they_are()
    {
        await _host.Connections.SendSmsAsync("first");

        await AddAsync("second", "hi");

        Assert.Equal(["first", "second"], _host.Connections.Connections.Select(one => one.Name));
        Assert.Equal("second: hi, words 1.0.0, 1", (await _host.Connections.SendSmsAsync("second")).Receipt());
        Assert.Equal("first: hello, words 1.0.0, 2", (await _host.Connections.SendSmsAsync("first")).Receipt());
    }

    [Fact]
    public async Task A_connection_whose_settings_change_is_made_anew()
    {
        await AddAsync("second", "hi");
        await AddAsync("second", "good day");

        Assert.Equal("second: good day, words 1.0.0, 1", (await _host.Connections.SendSmsAsync("second")).Receipt());
        await Eventually.TrueAsync(() => _host.Host.Retiring == 0, "the old connector is freed");
    }

    [Fact]
    public async Task A_connection_that_is_switched_off_is_called_no_more_and_can_be_switched_on_again()
    {
        await AddAsync("second", "hi");
        await AddAsync("second", "hi", enabled: false);
        Assert.Equal(ConnectionState.Disabled, _host.Report("second").State);
        Assert.Contains("is Disabled: it is switched off", (await _host.Connections.SendSmsAsync("second")).NotCalledBecause(), StringComparison.Ordinal);

        await AddAsync("second", "hi");

        Assert.NotNull((await _host.Connections.SendSmsAsync("second")).Receipt());
    }

    [Fact]
    public async Task A_connection_with_faults_says_them_and_keeps_no_other_from_its_work()
    {
        await AddAsync("second", new string('x', 21));
        await File.WriteAllTextAsync(FileOf("third"), "{ \"Name\": ");
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        Assert.Contains("Greeting", _host.Report("second").Reason, StringComparison.Ordinal);
        Assert.Contains("third.json is not a JSON object that can be read", _host.Report("third").Reason, StringComparison.Ordinal);
        Assert.NotNull((await _host.Connections.SendSmsAsync("first")).Receipt());
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_fault_of_both()
    {
        await AddAsync("first", "hi");

        Assert.All(_host.Connections.Connections, one => Assert.Contains("more than one connection is called \"first\"", one.Report.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_on_its_way_ends_before_a_removed_connection_is_closed_and_new_ones_are_refused_meanwhile()
    {
        await AddAsync("second", "hi");
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource<SendResult>();
        var onItsWay = Call("second", begun, end);
        await begun.Task;

        File.Delete(FileOf("second"));
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        Assert.Equal("the connection \"second\" is being removed", (await _host.Connections.SendSmsAsync("second")).NotCalledBecause());
        Assert.Equal(1, _host.Host.Retiring);

        end.SetResult(SendResult.Accepted("late"));
        Assert.Equal("late", (await onItsWay).Receipt());
        await Eventually.TrueAsync(() => _host.Connections.Connections.Count == 1, "the connection is gone");
        Assert.StartsWith("there is no connection \"second\"", (await _host.Connections.SendSmsAsync("second")).NotCalledBecause(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_never_returns_keeps_a_removed_connection_no_longer_than_its_time_limit()
    {
        await AddAsync("second", "hi");
        var begun = new TaskCompletionSource();
        var onItsWay = Call("second", begun, new TaskCompletionSource<SendResult>());
        await begun.Task;

        File.Delete(FileOf("second"));
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
        Assert.Equal(2, _host.Connections.Connections.Count);
        _host.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Contains("did not answer within 00:00:30", (await onItsWay).FailedBecause(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => _host.Connections.Connections.Count == 1, "the connection is gone");
    }

    [Fact]
    public async Task A_connection_that_is_removed_and_added_at_once_works_at_once()
    {
        await AddAsync("second", "hi");
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource<SendResult>();
        var onItsWay = Call("second", begun, end);
        await begun.Task;
        File.Delete(FileOf("second"));
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        await AddAsync("second", "hi");

        Assert.Equal("second: hi, words 1.0.0, 1", (await _host.Connections.SendSmsAsync("second")).Receipt());
        end.SetResult(SendResult.Accepted());
        await onItsWay;
        await Eventually.TrueAsync(() => _host.Host.Retiring == 0, "the old connector is freed");
        Assert.Equal(["first", "second"], _host.Connections.Connections.Select(one => one.Name));
        Assert.NotNull((await _host.Connections.SendSmsAsync("second")).Receipt());
    }

    [Fact]
    public async Task Looking_when_nothing_has_changed_changes_nothing() =>
        Assert.False(await _host.Host.TakeUpChangesAsync(CancellationToken.None));

    private string FileOf(string name) => Path.Combine(_host.DataFolder, "connections.d", $"{name}.json");

    private async Task AddAsync(string name, string greeting, bool enabled = true)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(name))!);
        await File.WriteAllTextAsync(FileOf(name), JsonSerializer.Serialize(
            new { Name = name, Plugin = "well-behaved", Enabled = enabled, Settings = new { Greeting = greeting } }));
        Assert.True(await _host.Host.TakeUpChangesAsync(CancellationToken.None));
    }

    private Task<CallResult<SendResult>> Call(string connection, TaskCompletionSource begun, TaskCompletionSource<SendResult> end) =>
        _host.Connections.CallAsync<ISmsSender, SendResult>(
            connection,
            CallKind.Send,
            (_, _) =>
            {
                begun.SetResult();
                return end.Task;
            },
            CancellationToken.None);
}
