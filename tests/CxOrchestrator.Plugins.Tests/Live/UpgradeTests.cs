using System.Runtime.CompilerServices;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Live;

public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly AHost _host = new();
    private AnInstallation _texter = null!;

    public async Task InitializeAsync()
    {
        _texter = await new AnInstallation(_host).WithFirstAsync();
        await _host.WithConnection("texts", AnInstallation.Id).LoadedAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_new_version_gets_exactly_its_share_of_the_calls()
    {
        await UpgradeAsync();

        var versions = await SendAsync(100);

        Assert.Equal(10, versions.Count(version => version == 2));
        Assert.Equal(90, versions.Count(version => version == 1));
    }

    [Fact]
    public async Task Both_versions_are_listed_and_the_new_one_with_how_its_trial_stands()
    {
        await UpgradeAsync();
        await SendAsync(20);

        var listed = _host.Connections.Plugins;

        Assert.Equal(["1.0.0", "2.0.0"], listed.Select(plugin => plugin.Version));
        Assert.All(listed, plugin => Assert.Equal(ConnectionState.Ready, plugin.Report.State));
        Assert.Equal("on trial since 2026-03-02 12:00:00Z with 10 % of the calls", listed[1].Report.Reason);
        _host.Host.Serve();
        Assert.Equal(
            "on trial since 2026-03-02 12:00:00Z with 10 % of the calls: 2 in the last 00:10:00, 0 in error",
            _host.Connections.Plugins[1].Report.Reason);
    }

    [Fact]
    public async Task A_version_whose_calls_are_put_off_goes_back_by_itself_and_the_book_says_why()
    {
        await UpgradeAsync();

        // Three of its first twenty calls: the third is its 7th, but it is judged at its 20th.
        await SendAsync(200, number => number % 30 == 0 ? SendResult.Deferred("not now") : null);

        Assert.True(await _host.Host.TakeUpChangesAsync(CancellationToken.None));
        var rollback = Assert.Single(_texter.Plugin.Rollbacks);
        Assert.Equal(("2.0.0", _host.Time.GetUtcNow()), (rollback.Version, rollback.At));
        Assert.Contains("of its 20 calls failed, were put off", rollback.Reason, StringComparison.Ordinal);
        Assert.Null(_texter.Plugin.Candidate);
        Assert.Equal("1.0.0", _texter.Plugin.Active);

        var listed = Assert.Single(_host.Connections.Plugins);
        Assert.Equal(ConnectionState.Ready, listed.Report.State);
        Assert.StartsWith("its version 2.0.0 was taken back at 2026-03-02", listed.Report.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(2, await SendAsync(30));
        Assert.Contains(_host.Log.Lines, line => line.Contains("texter 2.0.0 goes back: ", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => _host.Log.Lines.Any(line => line.Contains("texter 2.0.0 is unloaded", StringComparison.Ordinal)), "the version is unloaded");
    }

    [Fact]
    public async Task From_the_moment_it_is_found_out_no_call_goes_to_it_though_the_book_does_not_know_yet()
    {
        await UpgradeAsync();
        await SendAsync(200, _ => throw new InvalidOperationException("broken"));
        Assert.NotNull(_texter.Plugin.Candidate);

        Assert.DoesNotContain(2, await SendAsync(50));
    }

    [Fact]
    public async Task A_version_that_fails_in_a_row_goes_back_when_its_breaker_opens()
    {
        await UpgradeAsync();

        var versions = await SendAsync(100, _ => throw new InvalidOperationException("broken"));
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        Assert.Equal(5, versions.Count(version => version == 0));
        Assert.Equal("its breaker opened on the connection \"texts\", where the active version works", Assert.Single(_texter.Plugin.Rollbacks).Reason);
    }

    [Fact]
    public async Task An_outage_of_the_service_that_hits_both_versions_takes_none_back()
    {
        await UpgradeAsync();

        for (var i = 0; i < 300; i++)
            await _host.Connections.CallAsync<ISmsSender, SendResult>("texts", CallKind.Send, (_, _) => Task.FromResult(SendResult.Deferred("down")), CancellationToken.None);
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        Assert.NotNull(_texter.Plugin.Candidate);
        Assert.Empty(_texter.Plugin.Rollbacks);
    }

    [Fact]
    public async Task A_version_that_went_back_stays_back_after_a_restart()
    {
        await UpgradeAsync();
        await SendAsync(200, _ => throw new InvalidOperationException("broken"));
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        await using var restarted = new PluginHost(Configuration(), _host.States, Clocks(), new CxOrchestrator.Plugins.Secrets.SecretMask(), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await restarted.LoadAsync(CancellationToken.None);

        Assert.StartsWith("its version 2.0.0 was taken back", Assert.Single(restarted.Connections.Plugins).Report.Reason, StringComparison.Ordinal);
        for (var i = 0; i < 20; i++)
            Assert.Contains("words 1.0.0", (await restarted.Connections.SendSmsAsync("texts")).Receipt(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_was_on_trial_when_the_process_was_killed_is_on_trial_again()
    {
        await UpgradeAsync();
        await SendAsync(200, _ => throw new InvalidOperationException("broken"));

        // Killed here: the trial has ended, and the book doesn't know.
        await using var restarted = new PluginHost(Configuration(), _host.States, Clocks(), new CxOrchestrator.Plugins.Secrets.SecretMask(), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await restarted.LoadAsync(CancellationToken.None);

        Assert.Equal(["1.0.0", "2.0.0"], restarted.Connections.Plugins.Select(plugin => plugin.Version));
    }

    [Fact]
    public async Task A_version_that_proves_itself_becomes_the_active_one_with_the_connector_that_it_has()
    {
        await UpgradeAsync();
        await SendAsync(500);
        Assert.False(await _host.Host.TakeUpChangesAsync(CancellationToken.None));

        _host.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await _host.Host.TakeUpChangesAsync(CancellationToken.None));

        Assert.Equal(("2.0.0", "1.0.0"), (_texter.Plugin.Active, _texter.Plugin.Previous));
        Assert.Null(_texter.Plugin.Candidate);
        Assert.Equal("2.0.0", Assert.Single(_host.Connections.Plugins).Version);
        Assert.Contains("words 2.0.0, 51", (await _host.Connections.SendSmsAsync("texts")).Receipt(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => _host.Host.Retiring == 0, "the old version is freed");
        Assert.Contains(_host.Log.Lines, line => line.Contains("texter 1.0.0 is unloaded", StringComparison.Ordinal));
        Assert.Contains(_host.Log.Lines, line => line.Contains("texter 2.0.0 is the active version now: 50 good calls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_can_t_be_loaded_goes_back_at_once()
    {
        await _texter.UpgradeAsync(build: "Misbehaving", entryType: "Misbehaving.ThrowsInConstructor");
        await TwiceAsync();

        Assert.Contains("the licence file is missing", Assert.Single(_texter.Plugin.Rollbacks).Reason, StringComparison.Ordinal);
        Assert.Single(_host.Connections.Plugins);
        Assert.DoesNotContain(2, await SendAsync(20));
    }

    [Fact]
    public async Task A_version_whose_connect_fails_goes_back_at_once()
    {
        await _texter.UpgradeAsync(build: "Misbehaving", entryType: "Misbehaving.ThrowsInConnect", capabilities: ["SmsSender"]);
        await TwiceAsync();

        Assert.NotEmpty(_texter.Plugin.Rollbacks);
    }

    [Fact]
    public async Task A_version_whose_files_were_changed_goes_back_at_once()
    {
        await _texter.UpgradeAsync();
        await File.AppendAllTextAsync(Path.Combine(_texter.Book.FolderOf(AnInstallation.Id, "2.0.0"), "plugin.json"), " ");
        await TwiceAsync();

        Assert.Contains("its files have changed", Assert.Single(_texter.Plugin.Rollbacks).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_can_do_less_goes_back_at_once()
    {
        await _texter.UpgradeAsync(capabilities: ["SmsSender"]);
        await TwiceAsync();

        Assert.Equal("it can't do HealthProbe, which version 1.0.0 can", Assert.Single(_texter.Plugin.Rollbacks).Reason);
    }

    [Fact]
    public async Task An_admin_s_word_replaces_the_active_version_at_once_and_without_a_restart()
    {
        await UpgradeAsync();
        await _texter.ChangeAsync(plugin => plugin with { Active = "2.0.0", Previous = "1.0.0", Candidate = null });
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        Assert.All(await SendAsync(10), version => Assert.Equal(2, version));

        await _texter.ChangeAsync(plugin => plugin with { Active = "1.0.0", Previous = null });
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        Assert.All(await SendAsync(10), version => Assert.Equal(1, version));
    }

    [Fact]
    public async Task A_plugin_that_is_removed_leaves_its_connections_without_one_and_one_that_is_installed_gives_it_back()
    {
        await _texter.RemoveAsync();
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
        Assert.Equal(ConnectionState.Misconfigured, _host.Report("texts").State);
        Assert.Contains("there is no plugin", (await _host.Connections.SendSmsAsync("texts")).NotCalledBecause(), StringComparison.Ordinal);

        await _texter.WithFirstAsync();
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);

        Assert.Equal(ConnectionState.Ready, _host.Report("texts").State);
        Assert.Equal([1], await SendAsync(1));
    }

    [Fact]
    public async Task A_book_that_can_t_be_read_changes_nothing_that_runs()
    {
        await File.WriteAllTextAsync(_texter.Book.File, "{ broken");

        await Assert.ThrowsAsync<InvalidDataException>(() => _host.Host.TakeUpChangesAsync(CancellationToken.None));

        Assert.Equal([1, 1], await SendAsync(2));
    }

    [Fact]
    public async Task A_question_about_the_connector_is_answered_with_the_more_careful_of_both_answers()
    {
        await UpgradeAsync();

        Assert.False(await AskAsync(sender => IsNew(sender) is false));
        Assert.False(await AskAsync(IsNew));
        Assert.True(await AskAsync(_ => true));
        Assert.Equal(10, await AskAsync(sender => IsNew(sender) ? 10 : 100));
        Assert.Equal(10, await AskAsync(sender => IsNew(sender) ? 100 : 10));
    }

    [Fact]
    public async Task Pages_are_read_by_the_active_version_alone()
    {
        await UpgradeAsync(share: 0.5);

        var byNew = 0;
        for (var i = 0; i < 10; i++)
        {
            await _host.Connections.CallAsync<ISmsSender, Page<string>>(
                "texts",
                CallKind.Read,
                (sender, _) =>
                {
                    byNew += IsNew(sender) ? 1 : 0;
                    return Task.FromResult(new Page<string>([], null));
                },
                CancellationToken.None);
        }

        Assert.Equal(0, byNew);
    }

    [Fact]
    public async Task What_a_version_that_went_back_has_loaded_is_gone_from_the_memory()
    {
        await UpgradeAsync(share: 1);
        var loaded = await LoadedByNewAsync();
        Assert.True(loaded.IsAlive);
        await _texter.ChangeAsync(plugin => plugin with { Candidate = null });
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _host.Host.Retiring == 0, "the version is freed");

        await Eventually.TrueAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !loaded.IsAlive;
            },
            "its assembly is collected");
    }

    // Nothing of the version may stay on the caller's stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> LoadedByNewAsync()
    {
        WeakReference? loaded = null;
        await _host.Connections.CallAsync<ISmsSender, SendResult>(
            "texts",
            CallKind.Send,
            (sender, _) =>
            {
                Assert.True(IsNew(sender));
                loaded = new WeakReference(sender.GetType().Assembly);
                return Task.FromResult(SendResult.Accepted());
            },
            CancellationToken.None);
        return loaded!;
    }

    private async Task UpgradeAsync(double share = 0.1)
    {
        await _texter.UpgradeAsync(share: share);
        Assert.True(await _host.Host.TakeUpChangesAsync(CancellationToken.None));
    }

    // What can't stand is found when it is taken up, and written when it is looked at the next time.
    private async Task TwiceAsync()
    {
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
        await _host.Host.TakeUpChangesAsync(CancellationToken.None);
    }

    // Sends one after the other: which version took each; 0 where it failed. The new version's answers can be changed by their number.
    private async Task<List<int>> SendAsync(int calls, Func<int, SendResult?>? newVersion = null)
    {
        var versions = new List<int>();
        for (var i = 1; i <= calls; i++)
        {
            var number = i;
            var result = await _host.Connections.CallAsync<ISmsSender, SendResult>(
                "texts",
                CallKind.Send,
                async (sender, token) =>
                    (IsNew(sender) ? newVersion?.Invoke(number) : null) ?? await sender.SendAsync(new SmsMessage($"key-{number}", "+66812345678", "hello"), token),
                CancellationToken.None);
            versions.Add(result is CallResult<SendResult>.Answered { Value: SendAccepted { ProviderId: { } receipt } }
                ? receipt.Contains("words 2.0.0", StringComparison.Ordinal) ? 2 : 1
                : 0);
        }

        return versions;
    }

    private async Task<T> AskAsync<T>(Func<ISmsSender, T> question) => Assert.IsType<CallResult<T>.Answered>(
        await _host.Connections.CallAsync<ISmsSender, T>("texts", CallKind.Read, (sender, _) => Task.FromResult(question(sender)), CancellationToken.None)).Value;

    // The two builds have the same name and are told apart by the library that they bring.
    private static bool IsNew(ISmsSender sender) =>
        sender.GetType().Assembly.GetReferencedAssemblies().Single(one => one.Name == "PrivateWords").Version!.Major == 2;

    private Microsoft.Extensions.Configuration.IConfiguration Configuration() =>
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder(), _host.Configuration).Build();

    private Core.Clocks Clocks() => new(TimeProvider.System, _host.Time);
}
