using CxOrchestrator.Sdk.Testing.Builders;
using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>
/// What every <see cref="ITicketWriter"/> promises whose service can be made to misbehave: all of <see cref="TicketWriterSuite"/>, and what becomes of a
/// ticket or a comment then.
/// </summary>
public abstract class TicketWriterFaultSuite : TicketWriterSuite
{
    /// <summary>The service's faults.</summary>
    protected abstract IServiceFaults Faults { get; }

    /// <summary>Refused for good only where the service refuses this ticket; and after the next try there is one.</summary>
    [Theory]
    [MemberData(nameof(ServiceFaults.OfACall), MemberType = typeof(ServiceFaults))]
    public Task A_fault_while_a_ticket_is_opened_becomes_the_right_result_and_the_next_try_leaves_one(ServiceFault fault) => Tickets().MapsAsync(fault);

    /// <summary>The same for a comment.</summary>
    [Theory]
    [InlineData(ServiceFault.Throttled)]
    [InlineData(ServiceFault.Unauthorised)]
    [InlineData(ServiceFault.Failing)]
    [InlineData(ServiceFault.CutBeforeBody)]
    [InlineData(ServiceFault.CutAfterBody)]
    [InlineData(ServiceFault.CutInAnswer)]
    [InlineData(ServiceFault.Garbage)]
    [InlineData(ServiceFault.WrongPage)]
    public Task A_fault_while_a_comment_is_added_becomes_the_right_result_and_the_next_try_leaves_one(ServiceFault fault) => Comments().MapsAsync(fault);

    /// <summary>The host waits as long as the service asks.</summary>
    [Fact]
    public Task A_throttled_ticket_is_tried_again_after_the_services_own_wait() => Tickets().PassesTheWaitOnAsync();

    /// <summary>The connection ends after the service has done it: the key is what keeps it one.</summary>
    [Theory]
    [InlineData(ServiceFault.CutAfterBody)]
    [InlineData(ServiceFault.CutInAnswer)]
    public Task A_cut_at_any_request_of_a_ticket_leaves_one(ServiceFault cut) => Tickets().SurvivesACutAnywhereAsync(cut);

    /// <summary>The same for a comment.</summary>
    [Theory]
    [InlineData(ServiceFault.CutAfterBody)]
    [InlineData(ServiceFault.CutInAnswer)]
    public Task A_cut_at_any_request_of_a_comment_leaves_one(ServiceFault cut) => Comments().SurvivesACutAnywhereAsync(cut);

    /// <summary>The host gives up after its own time limit.</summary>
    [Fact]
    public Task A_call_that_is_given_up_ends_and_can_be_made_again() => Tickets().EndsWhenGivenUpAsync();

    /// <summary>A connection is taken away while it works.</summary>
    [Fact]
    public Task Disposal_during_a_call_ends_both() => Tickets().EndsWhenDisposedAsync(() => Connector.DisposeAsync().AsTask());

    private CallUnderFault Call() => new(Faults, AssertNoSecretIn, Log);

    private WritesUnderFaults Tickets() => new(Call(), () =>
    {
        var draft = Some.ATicket(Keys.Next("Late again"));
        return Task.FromResult<(Func<CancellationToken, Task<WriteResult>>, Func<Task<int>>)>((
            cancellation => Subject.CreateAsync(draft, cancellation),
            async () => (await SubjectsAsync()).Count(subject => subject == draft.Subject)));
    });

    private WritesUnderFaults Comments() => new(Call(), async () =>
    {
        var ticket = Assert.IsType<Written>(await Subject.CreateAsync(Some.ATicket(), default)).Id;
        var key = Keys.Next("comment");
        return (
            cancellation => Subject.CommentAsync(ticket, key, "answered again: 7", cancellation),
            async () => (await CommentsAsync(ticket)).Count(comment => comment == "answered again: 7"));
    });
}
