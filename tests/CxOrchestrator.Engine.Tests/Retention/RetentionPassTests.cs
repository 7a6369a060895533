using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Retention;

public sealed class RetentionPassTests
{
    [Fact]
    public async Task A_walk_that_ended_is_forgotten_with_its_events_and_messages_when_they_are_old_and_the_books_balance()
    {
        await using var world = await ThatKeepsTwoMonthsAsync("- send: hello");
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal((1, 0), Counts(await world.BooksAsync()));

        world.CustomerClock.Advance(TimeSpan.FromDays(65));
        await world.RunAsync();
        Assert.Equal((1, 0), Counts(await world.BooksAsync()));
        world.CustomerClock.Advance(TimeSpan.FromDays(31));
        await world.RunAsync();

        var books = await world.BooksAsync();
        Assert.Equal((0, 1), Counts(books));
        Assert.True(books.EventsDropped > 0);
        Assert.Empty(books.Faults());
    }

    [Fact]
    public async Task Without_the_setting_everything_is_kept()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        world.CustomerClock.Advance(TimeSpan.FromDays(9000));
        await world.RunAsync();

        Assert.Equal((1, 0), Counts(await world.BooksAsync()));
    }

    [Fact]
    public async Task A_walk_that_is_under_way_keeps_what_is_its_own_and_the_doctor_says_so()
    {
        await using var world = await ThatKeepsTwoMonthsAsync("- send: hello\n- wait: 300d");
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        world.CustomerClock.Advance(TimeSpan.FromDays(200));
        await world.RunAsync();

        Assert.Equal((1, 0), Counts(await world.BooksAsync()));
        var findings = await world.Get<IDoctor>().ExamineAsync(CancellationToken.None);
        Assert.Contains(findings, one => one is { Count: 1, NeedsPerson: false }
            && one.What == "ledger rows are older than the settings keep, and stay because some belong to walks that are under way or wait for a person");
        world.CustomerClock.Advance(TimeSpan.FromDays(101));
        await world.RunAsync();
        world.MachineClock.Advance(TimeSpan.FromHours(2));
        await world.RunAsync();
        Assert.Equal((0, 1), Counts(await world.BooksAsync()));
    }

    [Fact]
    public async Task It_looks_once_an_hour_and_when_customers_month_changes()
    {
        await using var world = await ThatKeepsTwoMonthsAsync("- send: hello");
        await world.RunAsync();
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        world.CustomerClock.Advance(TimeSpan.FromDays(200));

        Assert.Equal(0, await world.Pump.RunAsync(Work.Retention, CancellationToken.None));
        Assert.Equal((0, 1), Counts(await world.BooksAsync()));
    }

    private static Task<World> ThatKeepsTwoMonthsAsync(string steps) =>
        World.WithAsync(settings => settings with { Retention = new RetentionSettings(2, 2) }, Words.Journey("j", steps));

    private static (long Rows, long Dropped) Counts(Core.Books.Books books) => (books.DeliveryRows, books.LedgerRowsDropped);
}
