using CxOrchestrator.Plugins.Live;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Tests.Live;

public sealed class LiveChangesTests : IAsyncLifetime
{
    private readonly AHost _host = new();
    private readonly LogLines _log = new();
    private AnInstallation _texter = null!;
    private LiveChanges _changes = null!;

    public async Task InitializeAsync()
    {
        _texter = await new AnInstallation(_host).WithFirstAsync();
        _host.WithConnection("texts", AnInstallation.Id);
        _changes = new LiveChanges(_host.Host, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<LiveChanges>());
        await _changes.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _changes.StopAsync(CancellationToken.None);
        _changes.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task An_upgrade_is_taken_up_by_itself()
    {
        await _texter.UpgradeAsync();

        await LookingAsync(() => _host.Connections.Plugins.Count == 2, "the new version is on trial");
    }

    [Fact]
    public async Task A_version_that_can_t_stand_is_out_of_the_book_by_itself()
    {
        await _texter.UpgradeAsync(build: "Misbehaving", entryType: "Misbehaving.ThrowsInConstructor");

        await LookingAsync(() => _texter.Plugin.Rollbacks.Count == 1, "the new version went back");
        await LookingAsync(() => _host.Connections.Plugins.Count == 1, "the new version is gone");
    }

    [Fact]
    public async Task A_book_that_can_t_be_read_is_told_once_and_taken_up_when_it_is_right_again()
    {
        var right = await File.ReadAllTextAsync(_texter.Book.File);
        await ReplaceAsync("{ broken");
        await LookingAsync(() => !_log.Lines.IsEmpty, "it is told");
        for (var i = 0; i < 5; i++)
        {
            await _host.Time.TimersAsync();
            _host.Time.Advance(TimeSpan.FromSeconds(2));
        }

        await ReplaceAsync(right);
        await _texter.UpgradeAsync();

        await LookingAsync(() => _host.Connections.Plugins.Count == 2, "the new version is on trial");
        Assert.Single(_log.Lines, line => line.Contains("could not be taken up", StringComparison.Ordinal));
        Assert.NotNull((await _host.Connections.SendSmsAsync("texts")).Receipt());
    }

    // As a whole, like everybody who writes it: what is half written would be another fault.
    private async Task ReplaceAsync(string text)
    {
        var fresh = _texter.Book.File + ".new";
        await File.WriteAllTextAsync(fresh, text);
        File.Move(fresh, _texter.Book.File, overwrite: true);
    }

    // The operating system may have told already; where it hasn't, two seconds are enough.
    private Task LookingAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            if (condition())
                return true;
            _host.Time.Advance(TimeSpan.FromSeconds(2));
            return false;
        },
        what);
}
