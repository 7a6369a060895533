using CxOrchestrator.Sdk.Testing.Builders;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ITicketWriter"/> promises.</summary>
public abstract class TicketWriterSuite : ConnectorSuite<ITicketWriter>
{
    /// <summary>Subjects of all tickets in the helpdesk.</summary>
    protected abstract Task<IReadOnlyList<string>> SubjectsAsync();

    /// <summary>Comments of a ticket, in order.</summary>
    protected abstract Task<IReadOnlyList<string>> CommentsAsync(string ticketId);

    /// <summary>Agents read every script.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task A_ticket_and_its_comment_stand_as_they_were_written(string text)
    {
        var ticket = Assert.IsType<Written>(await Subject.CreateAsync(Some.ATicket(text), default));
        Assert.IsType<Written>(await Subject.CommentAsync(ticket.Id, Keys.Next("comment"), text, default));

        Assert.Equal([text], await SubjectsAsync());
        Assert.Equal([text], await CommentsAsync(ticket.Id));
    }

    /// <summary>A draft whose outcome was unknown is tried again.</summary>
    [Fact]
    public async Task The_same_draft_again_gives_the_same_ticket()
    {
        var draft = Some.ATicket();
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Subject.CreateAsync(draft, default)));

        Assert.All(results, result => Assert.Equal(results[0], Assert.IsType<Written>(result)));
        Assert.Single(await SubjectsAsync());
    }

    /// <summary>A comment whose outcome was unknown is tried again.</summary>
    [Fact]
    public async Task The_same_comment_again_stands_once()
    {
        var ticket = Assert.IsType<Written>(await Subject.CreateAsync(Some.ATicket(), default));
        var key = Keys.Next("comment");
        await Subject.CommentAsync(ticket.Id, key, "answered again: 7", default);
        await Subject.CommentAsync(ticket.Id, key, "answered again: 7", default);

        Assert.Equal(["answered again: 7"], await CommentsAsync(ticket.Id));
    }

    /// <summary>A ticket that is gone is an outcome.</summary>
    [Fact]
    public async Task A_comment_on_a_ticket_that_is_not_there_is_refused() =>
        Assert.IsType<WriteRefused>(await Subject.CommentAsync("no-such-ticket", Keys.Next("comment"), "hello", default));

    /// <summary>A cancelled call writes nothing.</summary>
    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_opens_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.CreateAsync(Some.ATicket(), new CancellationToken(true)));

        Assert.Empty(await SubjectsAsync());
    }

    /// <summary>An outage asks for another try.</summary>
    [Fact]
    public async Task A_service_that_can_not_be_reached_asks_for_another_try() =>
        Assert.IsType<WriteRetry>(await WithoutServiceAsync(writer => writer.CreateAsync(Some.ATicket(), default)));
}
