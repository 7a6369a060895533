using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Doctor;

public sealed class DoctorTests
{
    [Fact]
    public async Task Nothing_is_wrong_with_work_that_is_done()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        Assert.Empty(await ExamineAsync(world));
    }

    [Fact]
    public async Task A_date_that_nobody_has_and_a_segment_that_can_not_be_read_are_found()
    {
        await using var world = await World.WithAsync(
            Words.Journey("greets", "- send: hello", "{ date: birthdy, yearly: true }"), Words.Journey("vips", "- send: hello", "{ enters: vip }"));
        world.Fake.OnSegment = (_, _) => throw new InvalidOperationException("no such segment");
        await world.CustomerAsync("anna", attributes: """{ "birthday": "1990-03-03" }""");
        await world.RunAsync();

        Assert.Equal(
            ["nobody can enter vips: its segment vip was not read from the CRM so far", "nobody will enter greets: no customer has a date in the field birthdy that is still to come"],
            (await ExamineAsync(world)).Select(one => one.What));

        world.Fake.OnSegment = (_, _) => new Page<CrmPerson>([], null);
        await world.CustomerAsync("ben", attributes: """{ "birthdy": "1990-03-03" }""");
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(await ExamineAsync(world));
        world.MachineClock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("vip was last read too long ago", Assert.Single(await ExamineAsync(world)).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_due_and_not_started_is_found_after_some_minutes_and_found_again()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- wait: 1h\n- send: hello"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        world.CustomerClock.Advance(TimeSpan.FromMinutes(64));
        await world.TellAsync("anna", "order.placed");
        Assert.Empty(await ExamineAsync(world));
        world.CustomerClock.Advance(TimeSpan.FromMinutes(6));
        var books = (await world.BooksAsync()).ToString();

        var findings = await ExamineAsync(world);

        Assert.Equal(["events are stored and not decided on", "walks are due and not walked on"], findings.Select(one => one.What));
        Assert.All(findings, one => Assert.True(one is { Count: 1, NeedsPerson: true, Since: not null } && one.WhatToDo.Contains("cxo run", StringComparison.Ordinal)));
        Assert.Equal(findings, await ExamineAsync(world));
        Assert.Equal(books, (await world.BooksAsync()).ToString());
    }

    [Fact]
    public async Task A_lease_left_behind_an_unknown_message_a_failed_walk_and_a_dead_change_each_need_a_person()
    {
        await using var world = await World.WithAsync(
            Words.Journey("j", "- send: hello"), Words.Journey("f", "- updateCustomer: { share: 100 / event.data.total }\n- wait: 1d"));
        await world.CustomerAsync("anna");
        world.Fake.OnWrite = _ => WriteResult.Refused("400", "no such field");
        await world.TellAsync("anna", "order.delivered", """{ "total": "x" }""");
        await world.RunAsync();
        Assert.Contains("changes were refused by the CRM for good, or given up", string.Join(", ", (await ExamineAsync(world)).Select(one => one.What)), StringComparison.Ordinal);

        await using var other = await World.WithAsync(Words.Journey("j", "- send: hello"));
        await other.CustomerAsync("anna");
        other.Fake.OnSend = _ => SendResult.Unknown("lost");
        await other.TellAsync("anna", "order.delivered");
        await other.RunAsync();
        await other.TellAsync("anna", "order.placed");
        await other.Get<IEventStore>().ClaimAsync(other.Get<EngineNode>().Lease(TimeSpan.FromMinutes(1)), 10, CancellationToken.None);
        other.MachineClock.Advance(TimeSpan.FromMinutes(7));
        var findings = await ExamineAsync(other);

        Assert.Equal(["rows are under a lease that ended long ago: the process that had them is gone", "messages may or may not have been sent"], findings.Select(one => one.What));
        Assert.Contains("cxo deliveries settle", findings[1].WhatToDo, StringComparison.Ordinal);
        Assert.Contains(await ExamineAsync(world), one => one.What == "walks were stopped by an error");
    }

    [Fact]
    public async Task Journeys_that_nobody_enters_and_messages_about_what_no_customer_has_are_worth_a_look()
    {
        await using var world = await World.WithAsync();
        world.File("messages/points/en.subject", "You have {{ customer.points }}");
        world.File("messages/points/en.txt", "{{ customer.given_name }}, you have {{ customer.points }}.");
        await world.PublishAsync(Words.Journey("j", "- send: points", "{ on: order.returned }"), Words.Journey("odd", "- send: hello", "{ on: order.deliverd }"));
        await world.CustomerAsync("anna");

        var findings = await ExamineAsync(world);

        Assert.Equal(
            [
                (true, "nobody can enter odd: order.deliverd was not received for 30 days, and is almost order.delivered"), (false, "nobody can have entered j: no order.returned was received for 30 days"),
                (false, "the message points speaks of customer.points, which none of 1 customers has"),
            ],
            findings.Select(one => (one.NeedsPerson, one.What)));
        Assert.Contains("cxo journeys publish", findings[0].WhatToDo, StringComparison.Ordinal);

        await world.TellAsync("anna", "order.returned");
        await world.CustomerAsync("ben", attributes: """{ "points": 3 }""");
        await world.RunAsync();
        Assert.Equal("nobody can enter odd: order.deliverd was not received for 30 days, and is almost order.delivered", Assert.Single(await ExamineAsync(world)).What);
    }

    [Fact]
    public async Task Clocks_that_are_apart_are_found()
    {
        await using var world = await World.WithAsync();

        var skew = Assert.Single(await world.Get<IDoctor>().ExamineAsync(CancellationToken.None));

        // The clock of the tests is far from the database's.
        Assert.Contains("seconds apart", skew.What, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Finding>> ExamineAsync(World world) =>
        [.. (await world.Get<IDoctor>().ExamineAsync(CancellationToken.None)).Where(one => !one.What.Contains("seconds apart", StringComparison.Ordinal))];
}
