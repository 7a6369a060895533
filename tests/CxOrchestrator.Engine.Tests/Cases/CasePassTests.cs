using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Cases;

public sealed class CasePassTests
{
    private static readonly string Journey = Words.Journey("j", "- openCase: detractor\n  due: 1d");

    [Fact]
    public async Task A_ticket_is_opened_once_and_the_case_is_told_and_owed_to_the_crm()
    {
        await using var world = await World.WithAsync(Journey);
        var opened = await OpenedAsync(world);
        Assert.Equal((CaseState.Open, FakeConnections.Name, $"ticket-{opened.Id:N}"), (opened.State, opened.Connection, opened.TicketId));
        Assert.Equal($"case/{opened.Id:N}", Assert.Single(world.Fake.Changes).Key);
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(opened.CustomerId, EventTypes.CaseOpened, null, null, CancellationToken.None));
        Assert.Equal(["detractor", "j"], Assert.Single(world.Fake.Tickets).Tags);
    }

    [Fact]
    public async Task A_helpdesk_that_fails_is_asked_again_with_the_same_key()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnTicket = _ => world.Fake.Tickets.Count == 1 ? throw new InvalidOperationException("timed out") : WriteResult.Retry("busy");
        Assert.Equal((CaseState.Opening, "timed out"), ((await OpenedAsync(world)).State, (await OneAsync(world)).Reason));
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("busy", (await OneAsync(world)).Reason);
        world.Fake.OnTicket = draft => WriteResult.Written(draft.Key);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(CaseState.Open, (await OneAsync(world)).State);
        Assert.Single(world.Fake.Tickets.Select(ticket => ticket.Key).Distinct());
    }

    [Fact]
    public async Task A_refused_ticket_waits_for_a_person_with_the_reason()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.OnTicket = _ => WriteResult.Refused("422", "no such owner");
        var refused = await OpenedAsync(world);
        Assert.Equal((CaseState.Refused, "fake refused the ticket: 422 no such owner"), (refused.State, refused.Reason));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(world.Fake.Tickets);
    }

    [Fact]
    public async Task Without_a_helpdesk_cases_wait()
    {
        await using var world = await World.WithAsync(Journey);
        world.Fake.Has.Remove(Capability.TicketWriter);
        Assert.Equal(CaseState.Opening, (await OpenedAsync(world)).State);
        world.Fake.Has.Add(Capability.TicketWriter);
        await world.RunAsync();
        Assert.Equal(CaseState.Open, (await OneAsync(world)).State);
    }

    private static async Task<Case> OpenedAsync(World world)
    {
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        return await OneAsync(world);
    }

    private static async Task<Case> OneAsync(World world) =>
        Assert.Single(await world.Get<ICaseStore>().ListAsync(null, 10, CancellationToken.None));
}
