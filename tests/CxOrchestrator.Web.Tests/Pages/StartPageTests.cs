using System.Net;
using CxOrchestrator.Web.Pages;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Pages;

public sealed class StartPageTests
{
    private const string BeingCounted = "being counted for the first time";
    private const string NewCount = "A new count is under way";

    [Fact]
    public async Task It_shows_the_books_and_to_administrators_the_connections()
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.GetAsync("/");

        Assert.Contains("The books balance", page.Html, StringComparison.Ordinal);
        Assert.Contains("12,345", page.Html, StringComparison.Ordinal);
        Assert.Contains("Host is &lt;missing&gt;", page.Html, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_that_is_quick_is_made_for_every_page()
    {
        await using var site = await TestSite.StartAsync();

        Assert.Contains("12,345", (await site.GetAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains("12,346", (await site.GetAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_count_keeps_nobody_waiting_and_is_shared()
    {
        await using var site = await TestSite.StartAsync();
        var slow = SlowCount(site);

        var first = site.GetAsync("/");
        var second = site.GetAsync("/");
        await slow.Begun;
        await site.Machine.TimersAsync(2);
        site.Machine.Advance(LatestBooks.Patience);

        Assert.Contains(BeingCounted, (await first).Html, StringComparison.Ordinal);
        Assert.Contains(BeingCounted, (await second).Html, StringComparison.Ordinal);
        Assert.Equal(1, site.Staff.BooksCounted);

        var third = site.GetAsync("/");
        await site.Machine.TimersAsync();
        slow.End();
        var page = await third;
        Assert.Contains("12,345", page.Html, StringComparison.Ordinal);
        Assert.Equal("2026-03-02T12:00:00Z", page.Document.QuerySelector("#books ~ p time")!.GetAttribute("datetime"));
        Assert.Equal(1, site.Staff.BooksCounted);
    }

    [Fact]
    public async Task What_took_long_to_count_is_shown_for_twenty_times_as_long_and_while_it_is_counted_anew()
    {
        await using var site = await TestSite.StartAsync();
        await CountInAsync(site, TimeSpan.FromSeconds(1));

        site.Machine.Advance(TimeSpan.FromSeconds(19));
        var kept = await site.GetAsync("/");
        Assert.Contains("12,345", kept.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(NewCount, kept.Html, StringComparison.Ordinal);
        Assert.Equal(1, site.Staff.BooksCounted);

        site.Machine.Advance(TimeSpan.FromSeconds(1));
        var slow = SlowCount(site);
        var meanwhile = site.GetAsync("/");
        await slow.Begun;
        await site.Machine.TimersAsync();
        site.Machine.Advance(LatestBooks.Patience);
        Assert.Contains("12,345", (await meanwhile).Html, StringComparison.Ordinal);
        Assert.Contains(NewCount, (await meanwhile).Html, StringComparison.Ordinal);

        var newer = site.GetAsync("/");
        await site.Machine.TimersAsync();
        slow.End();
        Assert.Contains("12,346", (await newer).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_who_leaves_takes_no_count_along()
    {
        await using var site = await TestSite.StartAsync();
        var slow = SlowCount(site);
        using (var leaves = new CancellationTokenSource())
        {
            var left = site.Client.GetAsync("/", leaves.Token);
            await slow.Begun;
            await site.Machine.TimersAsync();
            await leaves.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }

        site.Machine.Advance(LatestBooks.Patience);
        var stays = site.GetAsync("/");
        await site.Machine.TimersAsync();
        slow.End();

        Assert.Contains("12,345", (await stays).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_that_fails_is_told_and_made_again_for_the_next_page()
    {
        await using var site = await TestSite.StartAsync();
        site.Staff.OnBooks = _ => throw new IOException("disk gone at /secret/path");

        var failed = await site.GetAsync("/");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.Status);
        Assert.DoesNotContain("secret", failed.Html, StringComparison.Ordinal);
        Assert.Contains(site.Log.Lines, line => line.Contains("The books could not be counted", StringComparison.Ordinal));

        site.Staff.OnBooks = _ => Task.CompletedTask;
        Assert.Contains("12,346", (await site.GetAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_ends_with_the_service()
    {
        await using var site = await TestSite.StartAsync();
        var ended = new TaskCompletionSource();
        site.Staff.OnBooks = async cancellation =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
            finally
            {
                ended.SetResult();
            }
        };
        var page = site.GetAsync("/");
        await site.Machine.TimersAsync();
        site.Machine.Advance(LatestBooks.Patience);
        Assert.Contains(BeingCounted, (await page).Html, StringComparison.Ordinal);

        await site.StopAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains("could not be counted", StringComparison.Ordinal));
    }

    private static SlowCounting SlowCount(TestSite site)
    {
        var slow = new SlowCounting();
        site.Staff.OnBooks = slow.CountAsync;
        return slow;
    }

    // A page's count that takes so long, no longer than a page waits.
    private static async Task CountInAsync(TestSite site, TimeSpan took)
    {
        var slow = SlowCount(site);
        var page = site.GetAsync("/");
        await slow.Begun;
        await site.Machine.TimersAsync();
        site.Machine.Advance(took);
        slow.End();
        Assert.Contains("12,345", (await page).Html, StringComparison.Ordinal);
    }

    /// <summary>A count that has begun and ends when the test says so.</summary>
    private sealed class SlowCounting
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void End() => _end.SetResult();

        public Task CountAsync(CancellationToken cancellation)
        {
            _begun.TrySetResult();
            return _end.Task.WaitAsync(cancellation);
        }
    }
}
