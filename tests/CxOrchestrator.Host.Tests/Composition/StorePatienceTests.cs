using CxOrchestrator.Host.Composition;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Spectre.Console;

namespace CxOrchestrator.Host.Tests.Composition;

/// <summary>A database that restarts while we start.</summary>
public sealed class StorePatienceTests : IDisposable
{
    private static readonly UserException Away = new("it is starting", new StorageException("The database is starting.") { IsAway = true });

    private readonly ManualTimeProvider _clock = new();
    private readonly StringWriter _said = new();
    private readonly StorePatience _patience;

    public StorePatienceTests() =>
        _patience = new StorePatience(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_said), Ansi = AnsiSupport.No }), _clock);

    public void Dispose() => _said.Dispose();

    [Fact]
    public async Task A_store_that_comes_back_is_waited_for_and_that_is_said_once()
    {
        var tries = 0;
        await DoAsync(() => ++tries < 4 ? throw Away : Task.CompletedTask);

        Assert.Equal(4, tries);
        Assert.Equal("The database is starting. Waiting for it, for 30 s at most.", _said.ToString().ReplaceLineEndings(" ").Trim());
    }

    [Fact]
    public async Task A_store_that_stays_away_is_waited_for_no_longer_than_half_a_minute_in_all()
    {
        var began = _clock.GetUtcNow();
        var told = await Assert.ThrowsAsync<UserException>(() => DoAsync(() => throw Away));

        Assert.Equal("The database is starting. It was waited for, for 30 s.", told.Message);
        Assert.Equal(StorePatience.Longest, _clock.GetUtcNow() - began);
        await Assert.ThrowsAsync<UserException>(() => _patience.DoAsync(() => throw Away, CancellationToken.None));
    }

    [Fact]
    public async Task What_waiting_does_not_help_is_told_at_once()
    {
        var refused = new UserException("the password is wrong", new StorageException("the password is wrong"));

        Assert.Same(refused, await Assert.ThrowsAsync<UserException>(() => _patience.DoAsync(() => throw refused, CancellationToken.None)));
        Assert.Equal(0, _clock.PendingTimers);
    }

    private Task<bool> DoAsync(Func<Task> work) => _clock.UntilAsync(DoneAsync(work));

    private async Task<bool> DoneAsync(Func<Task> work)
    {
        await _patience.DoAsync(work, CancellationToken.None);
        return true;
    }
}
