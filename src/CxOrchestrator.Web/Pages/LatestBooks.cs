using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Pages;

/// <summary>What a count of everything came to.</summary>
/// <param name="Books">The books.</param>
/// <param name="Customers">Customers known.</param>
/// <param name="At">When the count began, in customers' time, as everything else on the pages.</param>
/// <param name="Took">How long it took, in machine time.</param>
internal sealed record BooksReading(Books Books, long Customers, DateTimeOffset At, TimeSpan Took);

/// <summary>
/// The books as a page shows them. A count looks at every row: milliseconds in a young store, minutes of the database's time beside ten million. So whoever
/// loads the page shares the count that is under way, waits for it no longer than <see cref="Patience"/>, and is shown the last one meanwhile; and one that
/// took longer than <see cref="Quick"/> is good for <see cref="Rest"/> times as long as it took, so that pages take at most a twentieth of one of the
/// database's processes. A count goes on when the visitor who asked for it has left; it ends with the service.
/// </summary>
internal sealed class LatestBooks(IBooksStore books, ICustomerStore customers, Clocks clocks, IHostApplicationLifetime service, ILogger<LatestBooks> log)
{
    /// <summary>How long a page waits for a count.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A count that took less than this is never shown again: the next page has its own.</summary>
    public static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(250);

    /// <summary>How many times the length of a count it is good for.</summary>
    public const int Rest = 20;

    private readonly Lock _gate = new();
    private BooksReading? _last;
    private long _ended;
    private Task<BooksReading>? _underWay;

    /// <summary>The last count, null where none has ended yet, and whether a newer one is under way. Where the count waited for fails, so does this.</summary>
    public async Task<(BooksReading? Last, bool NewerUnderWay)> ReadAsync(CancellationToken cancellation)
    {
        var count = CountUnderWay();
        if (count is null)
            return (_last, false);
        try
        {
            return (await count.WaitAsync(Patience, clocks.Machine, cancellation), false);
        }
        catch (TimeoutException) when (!count.IsCompleted)
        {
            return (_last, true);
        }
    }

    // The count to wait for, begun here where nobody has begun one; null where the last is good enough.
    private Task<BooksReading>? CountUnderWay()
    {
        lock (_gate)
        {
            if (_underWay is not null)
                return _underWay;
            if (_last is { } last && last.Took >= Quick && clocks.Machine.GetElapsedTime(_ended) < last.Took * Rest)
                return null;
            return _underWay = Task.Run(CountAsync);
        }
    }

    private async Task<BooksReading> CountAsync()
    {
        BooksReading? reading = null;
        try
        {
            var at = clocks.Now;
            var start = clocks.Machine.GetTimestamp();
            var all = await books.ReadAsync(service.ApplicationStopping);
            var people = await customers.CountAsync(service.ApplicationStopping);
            return reading = new BooksReading(all, people, at, clocks.Machine.GetElapsedTime(start));
        }
        catch (Exception exception) when (!service.ApplicationStopping.IsCancellationRequested)
        {
            // Here, since whoever asked for it may have left.
            log.LogError(exception, "The books could not be counted");
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _last = reading ?? _last;
                _ended = clocks.Machine.GetTimestamp();
                _underWay = null;
            }
        }
    }
}
