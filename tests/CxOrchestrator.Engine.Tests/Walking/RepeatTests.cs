using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Walking;

public sealed class RepeatTests
{
    [Fact]
    public async Task Rounds_go_on_up_to_the_most_and_each_sends_its_own_message()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- repeat: 3\n  steps: [ { send: hello }, { wait: 1d } ]\n- updateCustomer: { done: 'true' }"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
        var id = (await world.OneAsync(anna)).Id;
        for (var day = 1; day <= 5; day++)
            await world.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(3, world.Fake.Emails.Count);
        Assert.Equal([1, 2, 3], (await world.DeliveriesAsync()).Select(delivery => delivery.Occurrence));
        var walk = await world.EnrolmentAsync(id);
        Assert.Equal(EnrolmentState.Completed, walk.State);
        Assert.Equal(
            ["round 1 of at most 3", "round 2 of at most 3", "round 3 of at most 3", "over after 3 rounds, which is the most"],
            walk.Context.Trail.Where(trace => trace.Step == "1").Select(trace => trace.Did));
    }

    [Fact]
    public async Task A_condition_ends_it_after_the_round_in_which_it_came_true()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- repeat: 5\n  until: customer.rounds >= 2\n  steps: [ { updateCustomer: { rounds: (customer.rounds ?? 0) + 1 } } ]\n- wait: 1d"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        Assert.Equal("""{"rounds":2}""", (await AttributesAsync(world, anna)));
        Assert.StartsWith("over after 2 rounds: ", (await world.OneAsync(anna)).Context.Trail[^2].Did, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rounds_within_rounds_count_anew()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- repeat: 3\n  steps:\n    - repeat: 4\n      steps: [ { updateCustomer: { n: (customer.n ?? 0) + 1 } } ]\n- wait: 1d"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();

        Assert.Equal("""{"n":12}""", await AttributesAsync(world, anna));
    }

    [Fact]
    public async Task An_answer_in_a_round_ends_it_and_is_not_taken_twice()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j",
            """
            - repeat: 3
              until: answer != null
              steps:
                - send: ask
                  id: ask
                  survey: nps
                - waitFor: { on: survey.answered, of: ask, upTo: 2d }
            - send: hello
            """));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var first = await world.DeliveryAsync();
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(2, world.Fake.Emails.Count);

        // By the link of the reminder, which carries the same invitation.
        await world.AnswerAsync(anna, first.Id, 9);
        await world.RunAsync();

        Assert.Equal(["ask", "ask", "hello"], (await world.DeliveriesAsync()).Select(delivery => delivery.Message));
    }

    [Theory]
    [InlineData("stop", EnrolmentState.Failed, false)]
    [InlineData("continue", EnrolmentState.Completed, true)]
    [InlineData("exit", EnrolmentState.Completed, false)]
    public async Task A_step_that_can_not_be_done_does_as_its_author_said(string how, EnrolmentState state, bool wentOn)
    {
        foreach (var step in new[]
                 {
                     "- updateCustomer: { share: 100 / event.data.total }", "- emit: ping\n  data: { share: 100 / event.data.total }",
                     "- choose:\n    - when: 100 / event.data.total > 1\n      steps: [ { wait: 1d } ]", "- repeat: 2\n  until: 100 / event.data.total > 1\n  steps: [ { updateCustomer: { a: '1' } } ]",
                 })
        {
            await using var world = await World.WithAsync(Words.Journey("j", "- wait: 1h\n" + step + $"\n  onFailure: {how}\n- send: hello"));
            var anna = await world.CustomerAsync("anna");
            await world.TellAsync("anna", "order.delivered", """{ "total": "x" }""");
            await world.RunAsync();
            var id = (await world.OneAsync(anna)).Id;
            await world.PassAsync(TimeSpan.FromHours(1));

            var walk = await world.EnrolmentAsync(id);
            Assert.Equal((state, wentOn), (walk.State, world.Fake.Emails.Count == 1));
            Assert.Contains(walk.Context.Trail, trace => trace.Did.Contains("100 / event.data.total", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_journey_begins_on_its_days_alone_and_whoever_is_under_way_walks_on()
    {
        // The world's clock stands at 2 March 2026.
        await using var world = await World.WithAsync(Words.Journey("j", "- wait: 3d\n- send: hello", more: "reentry: always\nstarts: 2026-03-03\nends: 2026-03-04"));
        var anna = await world.CustomerAsync("anna");
        foreach (var day in Enumerable.Range(2, 4))
        {
            await world.TellAsync("anna", "order.delivered");
            await world.RunAsync();
            Assert.Equal(Math.Clamp(day - 2, 0, 2), (await world.BooksAsync()).EnrolmentsByEvent);
            await world.PassAsync(TimeSpan.FromDays(1));
        }

        await world.PassAsync(TimeSpan.FromDays(4));
        Assert.Equal(2, world.Fake.Emails.Count);
        Assert.Contains("the journey starts on 2026-03-03", await world.TimelineAsync(anna), StringComparison.Ordinal);
        Assert.Contains("the journey has ended on 2026-03-04", await world.TimelineAsync(anna), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_runs_on_the_journeys_days_alone()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- send: hello", """{ cron: "0 0 9 * * ?", zone: Etc/UTC }""", "reentry: always\nstarts: 2026-03-04\nends: 2026-03-05"));
        await world.CustomerAsync("anna");
        await world.RunAsync();
        for (var day = 0; day < 6; day++)
            await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, world.Fake.Emails.Count);
    }

    private static async Task<string> AttributesAsync(World world, Customer customer) =>
        (await world.Get<ICustomerStore>().GetAsync([customer.Id], CancellationToken.None))[customer.Id].Attributes.GetRawText();
}
