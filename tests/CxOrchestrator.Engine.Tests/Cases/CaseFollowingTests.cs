using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Cases;

public sealed class CaseFollowingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_case_follows_its_ticket_to_solved_and_back_whether_the_helpdesk_calls_or_is_asked(bool calls)
    {
        await using var world = await OpenAsync();
        var opened = await OneAsync(world);

        await ChangeAsync(world, opened, TicketState.Solved, calls);
        Assert.Equal((CaseState.Solved, "solved in fake"), await OneAsync(world) is var solved ? (solved.State, solved.Reason) : default);
        await ChangeAsync(world, opened, TicketState.Closed, calls);
        await ChangeAsync(world, opened, TicketState.Open, calls);
        Assert.Equal(CaseState.Open, (await OneAsync(world)).State);
        await ChangeAsync(world, opened, TicketState.Solved, calls);

        Assert.Equal(CaseState.Solved, (await OneAsync(world)).State);
        Assert.Equal(["solved", "reopened", "solved"], world.Fake.Changes.Where(change => change.Values.ContainsKey("state")).Select(change => change.Values["state"]));
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(opened.CustomerId, EventTypes.CaseReopened, null, DateTimeOffset.MinValue, CancellationToken.None));
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    [Fact]
    public async Task A_solved_case_may_begin_a_journey()
    {
        await using var world = await OpenAsync();
        await world.PublishAsync(Words.Journey("recheck", "- send: hello", "{ on: case.solved }"));

        await ChangeAsync(world, await OneAsync(world), TicketState.Solved, calls: true);

        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_call_about_a_ticket_is_kept_until_the_helpdesk_can_be_read()
    {
        await using var world = await OpenAsync();
        var opened = await OneAsync(world);
        world.Fake.OnFindTicket = _ => throw new InvalidOperationException("down");
        await world.ToldAsync(world.Fact(ServiceFacts.TicketChanged, $$"""{ "ticket": "{{opened.TicketId}}" }"""));
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(CaseState.Open, (await OneAsync(world)).State);
        Assert.Equal("down", Assert.Single(await ErrandsAsync(world, ErrandState.Waiting)).Reason);

        world.Fake.OnFindTicket = id => new Ticket(id, "", TicketState.Solved, null, null, world.Now);
        await world.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(CaseState.Solved, (await OneAsync(world)).State);
        Assert.Empty(await ErrandsAsync(world, ErrandState.Waiting));
    }

    [Fact]
    public async Task A_case_follows_what_is_told_where_tickets_can_not_be_read()
    {
        await using var world = await OpenAsync();
        var opened = await OneAsync(world);
        world.Fake.Has.Remove(Capability.TicketReader);

        await world.ToldAsync(world.Fact(ServiceFacts.TicketChanged, $$"""{ "ticket": "{{opened.TicketId}}" }"""));
        Assert.Equal(CaseState.Open, (await OneAsync(world)).State);
        await world.ToldAsync(world.Fact(ServiceFacts.TicketChanged, $$"""{ "ticket": "{{opened.TicketId}}", "state": "solved" }"""));
        Assert.Equal(CaseState.Solved, (await OneAsync(world)).State);
        await world.ToldAsync(world.Fact(ServiceFacts.TicketChanged, $$"""{ "ticket": "{{opened.TicketId}}", "state": "open" }"""));

        Assert.Equal(CaseState.Open, (await OneAsync(world)).State);
        Assert.Empty(await ErrandsAsync(world, ErrandState.Dead));
    }

    [Fact]
    public async Task A_ticket_that_is_gone_leaves_its_case_open_and_says_so()
    {
        await using var world = await OpenAsync();
        var opened = await OneAsync(world);

        await world.ToldAsync(world.Fact(ServiceFacts.TicketChanged, $$"""{ "ticket": "{{opened.TicketId}}" }"""));

        Assert.Equal((CaseState.Open, true), await OneAsync(world) is var one ? (one.State, one.Reason.Contains("no longer in fake", StringComparison.Ordinal)) : default);
    }

    [Fact]
    public async Task Tickets_of_others_are_not_read()
    {
        await using var world = await OpenAsync();
        world.Fake.OnFindTicket = _ => throw new InvalidOperationException("must not be read");

        await world.ToldAsync(world.Fact(ServiceFacts.TicketChanged, """{ "ticket": 4711 }"""));

        Assert.Empty(await ErrandsAsync(world, ErrandState.Waiting));
    }

    private static async Task<World> OpenAsync()
    {
        var world = await World.WithAsync(Words.Journey("j", "- openCase: detractor\n  due: 1d"));
        world.Fake.Has.Add(Capability.TicketReader);
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal(CaseState.Open, (await OneAsync(world)).State);
        return world;
    }

    private static async Task ChangeAsync(World world, Case one, TicketState state, bool calls)
    {
        var ticket = new Ticket(one.TicketId!, one.Subject, state, null, null, world.Now);
        world.Fake.OnFindTicket = id => id == ticket.Id ? ticket : null;
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var cursor = world.Now.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (calls)
            await world.ToldAsync(world.Fact(ServiceFacts.TicketChanged, $$"""{ "ticket": "{{ticket.Id}}" }"""));
        else
            world.Fake.OnTickets = from => from == cursor ? new Page<Ticket>([], null) : new Page<Ticket>([ticket], cursor);
        await world.RunAsync();
    }

    private static async Task<Case> OneAsync(World world) =>
        Assert.Single(await world.Get<ICaseStore>().ListAsync(null, 10, CancellationToken.None));

    private static Task<IReadOnlyList<Errand>> ErrandsAsync(World world, ErrandState state) =>
        world.Get<IErrandStore>().ListAsync(state, 10, CancellationToken.None);
}
