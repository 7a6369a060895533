using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ITicketReader"/> promises.</summary>
public abstract class TicketReaderSuite : ConnectorSuite<ITicketReader>
{
    /// <summary>Opens a ticket in the helpdesk and gives its id.</summary>
    protected abstract Task<string> OpenAsync(string subject);

    /// <summary>Has an agent solve a ticket.</summary>
    protected abstract Task SolveAsync(string ticketId);

    /// <summary>What was opened is found.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task A_ticket_is_found_as_it_was_opened(string subject)
    {
        var id = await OpenAsync(subject);

        var ticket = await Subject.FindAsync(id, default);
        Assert.NotNull(ticket);
        Assert.Equal((id, subject), (ticket.Id, ticket.Subject));
        Assert.NotEqual(TicketState.Solved, ticket.State);
    }

    /// <summary>A missing ticket is no error.</summary>
    [Fact]
    public async Task A_ticket_that_is_not_there_is_null() => Assert.Null(await Subject.FindAsync("no-such-ticket", default));

    /// <summary>Solving a ticket shows.</summary>
    [Fact]
    public async Task A_solved_ticket_is_solved_and_comes_by_the_feed_again()
    {
        var id = await OpenAsync("late");
        var (first, cursor) = await ReadFeedAsync(null);
        Assert.Equal([id], first.Select(ticket => ticket.Id));

        await SolveAsync(id);

        Assert.Equal(TicketState.Solved, (await Subject.FindAsync(id, default))?.State);
        var (second, last) = await ReadFeedAsync(cursor);
        Assert.Equal([(id, TicketState.Solved)], second.Select(ticket => (ticket.Id, ticket.State)));
        Assert.Empty((await Subject.ChangedSinceAsync(last, default)).Items);
    }

    /// <summary>A cancelled call ends.</summary>
    [Fact]
    public async Task Cancelled_calls_end()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.FindAsync("x", new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.ChangedSinceAsync(null, new CancellationToken(true)));
    }

    private async Task<(List<Ticket> Tickets, string? Cursor)> ReadFeedAsync(string? cursor)
    {
        var tickets = new List<Ticket>();
        while (await Subject.ChangedSinceAsync(cursor, default) is { NextCursor: { } next } page)
        {
            tickets.AddRange(page.Items);
            cursor = next;
        }

        return (tickets, cursor);
    }
}
