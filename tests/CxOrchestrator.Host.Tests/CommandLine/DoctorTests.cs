using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class DoctorTests
{
    [Fact]
    public async Task Before_the_first_start_it_says_how_to_start_and_makes_nothing()
    {
        using var calls = new Calls(new { Plugins = new { Folder = Calls.BundledPlugins }, Content = new { Folder = Calls.StarterContent } });

        var (exitCode, output) = await calls.RunAsync("doctor");

        Assert.Equal(1, exitCode);
        Assert.Contains("cxo run", output, StringComparison.Ordinal);
        Assert.Equal([calls.SettingsFile], Directory.GetFileSystemEntries(calls.Folder));
    }

    [Fact]
    public async Task An_installation_where_nothing_happens_needs_nobody_and_a_key_open_to_others_needs_somebody()
    {
        using var calls = await AnInstallation.WithAnnaAsync();
        var (exitCode, output) = await calls.RunAsync("doctor");
        Assert.True(exitCode == 0, output);
        Assert.Contains("no order.delivered was received for 30 days", output, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;

        var key = Assert.Single(Directory.GetFiles(calls.Folder, "links.key", SearchOption.AllDirectories));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var (open, told) = await calls.RunAsync("doctor");
        Assert.Equal(1, open);
        Assert.Contains($"chmod 600 {key}", told, StringComparison.Ordinal);

        File.Delete(key);
        Assert.Contains("every link that was sent is dead", (await calls.RunAsync("doctor")).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(key));
    }

    [Fact]
    public async Task A_connection_out_of_use_and_dead_letters_are_found_and_dead_letters_are_put_back_or_given_up()
    {
        using var calls = await AnInstallation.WithAnnaAsync();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await StoreAsync(calls, async services =>
        {
            var now = services.GetRequiredService<Clocks>().Now;
            await services.GetRequiredService<IPluginStateStore>().SaveAsync(
                "connection:sandbox", new StateReport(ConnectionState.Quarantined, "it kept failing", now, "Look at its log."), CancellationToken.None);
            await services.GetRequiredService<IWork>().CommitAsync(
                new Effects { WriteBacks = [Dead(first, now), Dead(second, now)], Errands = [Errand.Person("sandbox", "7", now)] }, CancellationToken.None);
            var lease = new Lease("test", services.GetRequiredService<Clocks>().MachineNow, services.GetRequiredService<Clocks>().MachineNow.AddMinutes(1));
            var errand = Assert.Single(await services.GetRequiredService<IErrandStore>().ClaimDueAsync(lease, now, 10, CancellationToken.None));
            await services.GetRequiredService<IErrandStore>().CompleteAsync(lease, errand with { State = ErrandState.Dead, DueAt = null, Reason = "gone" }, CancellationToken.None);
        });

        var (exitCode, output) = await calls.RunAsync("doctor");
        Assert.Equal(1, exitCode);
        foreach (var part in new[] { "the connection sandbox is quarantined: it kept failing", "cxo connections test sandbox", "wrong 2: changes were refused", "wrong 1: errands were refused" })
            Assert.Contains(part, output, StringComparison.Ordinal);

        var list = (await calls.RunAsync("dead-letters", "list")).Output;
        Assert.Contains($"{first:N}", list, StringComparison.Ordinal);
        Assert.Contains("person/sandbox/7", list, StringComparison.Ordinal);
        Assert.Equal(0, (await calls.RunAsync("dead-letters", "discard", $"{first:N}", "--by", "Kim", "--why", "a test")).ExitCode);
        Assert.Equal(1, (await calls.RunAsync("dead-letters", "discard", $"{first:N}", "--by", "Kim", "--why", "a test")).ExitCode);
        Assert.Equal(1, (await calls.RunAsync("dead-letters", "replay", $"{first:N}")).ExitCode);
        var (all, told) = await calls.RunAsync("dead-letters", "replay", "--all");
        Assert.Equal((0, true), (all, told.Contains("2 dead letters put back", StringComparison.Ordinal)));
        Assert.Equal(1, (await calls.RunAsync("dead-letters", "replay")).ExitCode);
        await StoreAsync(calls, async services =>
        {
            var kept = Assert.Single(await services.GetRequiredService<IWriteBackStore>().ListAsync(WriteBackState.Discarded, 10, CancellationToken.None));
            Assert.Equal((first, "discarded by Kim: a test; it died of: no such field"), (kept.Id, kept.Reason));
            Assert.Equal($"key/{second:N}", Assert.Single(await services.GetRequiredService<IWriteBackStore>().ListAsync(WriteBackState.Waiting, 10, CancellationToken.None)).Key);
            Assert.Single(await services.GetRequiredService<IErrandStore>().ListAsync(ErrandState.Waiting, 10, CancellationToken.None));
        });
    }

    private static async Task StoreAsync(Calls calls, Func<IServiceProvider, Task> work)
    {
        await using var installation = Installation.Open(new InstallationPlace(calls.SettingsFile, []));
        await work(installation.Services);
    }

    private static WriteBack Dead(Guid id, DateTimeOffset now) => new()
    {
        Id = id, CustomerId = Guid.CreateVersion7(), Key = $"key/{id:N}", Kind = CrmChangeKind.Fields, Title = "points", Values = Json.EmptyObject, At = now,
        State = WriteBackState.Dead, Reason = "no such field",
    };
}
