using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Publishing;

public sealed class PublishTests
{
    private const string First = "- wait: 4d\n  id: start\n- send: ask\n  id: invite\n  survey: nps\n- waitFor: { on: survey.answered, of: invite, upTo: 5d }\n  id: answer\n- send: hello\n  id: bye";

    [Fact]
    public async Task Where_nothing_is_said_people_finish_on_the_version_that_they_walk()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        var anna = await EnteredAsync(world, "1");
        var second = First.Replace("4d", "9d", StringComparison.Ordinal);

        var plan = await PlanAsync(world, Words.Journey("j", second));
        Assert.True(plan.Ok, string.Join('\n', plan.Faults));
        Assert.Equal((1, 2, 0L, 1L), (plan.BaseVersion, plan.Version, plan.Moving, plan.Staying));
        Assert.Equal(new StepChange(StepChangeKind.Changed, "start", "wait: 4d → 9d"), Assert.Single(plan.Diff.Steps));
        Assert.Empty(await PublishAsync(world, plan));

        await world.PassAsync(TimeSpan.FromDays(4));
        Assert.Equal((1, "answer"), Place(await world.OneAsync(anna)));
    }

    [Fact]
    public async Task Whoever_waits_has_waited_as_long_as_they_have_when_the_wait_is_another()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        var anna = await EnteredAsync(world, "1");
        await world.PassAsync(TimeSpan.FromDays(1));
        await PublishAsync(world, await PlanAsync(world, Words.Journey("j", First.Replace("4d", "6d", StringComparison.Ordinal), more: "moves: [ { from: any, to: same } ]")));

        var walk = await world.OneAsync(anna);
        Assert.Equal((2, "start"), Place(walk));
        Assert.Equal((world.Now.AddDays(5), true), (walk.DueAt, walk.Entered));
        await PublishAsync(world, await PlanAsync(world, Words.Journey("j", First.Replace("4d", "2d", StringComparison.Ordinal), more: "moves: [ { from: any, to: same } ]")));
        Assert.Equal(world.Now.AddDays(1), (await world.OneAsync(anna)).DueAt);

        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_wait_that_runs_is_run_out_before_another_kind_of_step_unless_the_move_says_now()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        var (anna, bob) = (await EnteredAsync(world, "1"), await EnteredAsync(world, "2"));
        const string Second = "- send: hello\n  id: at-once\n- wait: 90d";

        await PublishAsync(world, await PlanAsync(world, Words.Journey("j", Second, more: "moves: [ { from: start, to: at-once } ]")));
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        Assert.Equal((2, "at-once"), Place(await world.OneAsync(anna)));

        await PublishAsync(world, await PlanAsync(world, Words.Journey("j", Second + "\n- wait: 1d", more: "moves: [ { from: at-once, to: at-once, now: true } ]")));
        await world.RunAsync();
        Assert.Equal(2, world.Fake.Emails.Count);
        await world.PassAsync(TimeSpan.FromDays(10));
        Assert.Equal(2, world.Fake.Emails.Count);
        Assert.Equal((3, "2"), Place(await world.OneAsync(bob)));
    }

    [Fact]
    public async Task Whoever_waits_for_an_answer_waits_on_under_the_new_name_of_the_message_and_with_the_new_time()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        var (anna, bob) = (await EnteredAsync(world, "1"), await EnteredAsync(world, "2"));
        await world.PassAsync(TimeSpan.FromDays(4));
        await world.PassAsync(TimeSpan.FromDays(1));
        var delivery = (await world.OneAsync(anna)).Context.Deliveries["invite"];

        var second = First.Replace("invite", "invitation", StringComparison.Ordinal).Replace("upTo: 5d", "upTo: 3d", StringComparison.Ordinal);
        await PublishAsync(world, await PlanAsync(world, Words.Journey("j", second, more: "moves: [ { from: answer, to: answer } ]")));
        await world.RunAsync();

        var walk = await world.OneAsync(anna);
        Assert.Equal((2, "answer", delivery, delivery), (walk.Version, walk.StepId, walk.Context.Deliveries["invitation"], walk.WaitsOn!.Value));
        Assert.Equal(world.Now.AddDays(2), walk.DueAt);
        await world.AnswerAsync(anna, delivery, 9);
        await world.RunAsync();
        Assert.Equal(3, world.Fake.Emails.Count);
        await world.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(4, world.Fake.Emails.Count);
        Assert.Empty(await world.EnrolmentsAsync(bob));
    }

    [Fact]
    public async Task A_move_after_which_somebody_would_get_a_message_again_is_refused_unless_that_is_said()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        await EnteredAsync(world, "1");
        await world.PassAsync(TimeSpan.FromDays(4));

        var same = await PlanAsync(world, Words.Journey("j", First + "\n- wait: 1d", more: "moves: [ { from: answer, to: start } ]"));
        Assert.Contains("'ask' (step 'invite') and would get it again", Assert.Single(same.Faults).Text, StringComparison.Ordinal);
        var renamed = await PlanAsync(world, Words.Journey("j", First.Replace("invite", "other", StringComparison.Ordinal), more: "moves:\n  - { from: answer, to: start }"));
        Assert.Equal((6, 13), Assert.Single(renamed.Faults) is var fault ? (fault.Line, fault.Column) : default);
        Assert.True((await PlanAsync(world, Words.Journey("j", First + "\n- wait: 1d", more: "moves: [ { from: answer, to: start, again: true } ]"))).Ok);
    }

    [Fact]
    public async Task Whoever_leaves_gets_nothing_more_and_comes_back_with_a_rollback()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        var anna = await EnteredAsync(world, "1");
        var before = await world.OneAsync(anna);
        var counts = await PublishAsync(world, await PlanAsync(world, Words.Journey("j", "- send: hello", more: "moves: [ { from: start, to: exit, reason: it was too long } ]")));
        Assert.Equal([new OutcomeCount(1, "start", PersonOutcome.Left, 1)], counts);
        var left = await world.EnrolmentAsync(before.Id);
        Assert.Equal((EnrolmentState.Exited, "left with version 2: it was too long"), (left.State, left.Reason));

        var (rollback, refused) = await world.Get<JourneyPublisher>().RollBackAsync("j", CancellationToken.None);
        Assert.Null(refused);
        Assert.Equal([new OutcomeCount(1, "start", PersonOutcome.PutBack, 1)], await FinishAsync(world, rollback!));
        var back = await world.OneAsync(anna);
        Assert.Equal((before.Version, before.StepId, before.DueAt, before.Entered, before.Reason), (back.Version, back.StepId, back.DueAt, back.Entered, back.Reason));
        await world.Get<Core.Content.IPublishedContent>().RefreshAsync(CancellationToken.None);
        Assert.Equal(3, world.Get<Core.Content.IPublishedContent>().Journeys["j"].Version);

        await world.PassAsync(TimeSpan.FromDays(4));
        Assert.Single(world.Fake.Emails);
        Assert.Contains("the first", (await world.Get<JourneyPublisher>().RollBackAsync("j", CancellationToken.None)).Refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_rolled_back_is_not_put_in_force_again_by_the_folder_but_by_its_name()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        var plan = await PlanAsync(world, Words.Journey("j", "- send: hello"));
        await PublishAsync(world, plan);
        var (rollback, _) = await world.Get<JourneyPublisher>().RollBackAsync("j", CancellationToken.None);
        await FinishAsync(world, rollback!);

        var folder = await world.Get<JourneyPublisher>().PublishFolderAsync(world.Files, CancellationToken.None);
        Assert.Equal(["j"], folder.TakenBack);
        Assert.DoesNotContain(folder.Report.Items, item => item.New);

        await PublishAsync(world, await world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [], CancellationToken.None));
        Assert.Equal(4, (await world.Get<Core.Content.IContentStore>().LatestAsync(Core.Content.ContentKind.Journey, CancellationToken.None))[0].Version);
    }

    [Fact]
    public async Task A_plan_has_another_name_where_the_file_the_base_or_the_rules_are_others_and_is_refused_where_a_version_came_between()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        await EnteredAsync(world, "1");
        var text = Words.Journey("j", First.Replace("4d", "9d", StringComparison.Ordinal));
        var plan = await PlanAsync(world, text);
        Assert.Equal(plan.Id, (await PlanAsync(world, text)).Id);
        var said = await world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [new MoveRule { From = "start", To = "start" }], CancellationToken.None);
        Assert.NotEqual(plan.Id, said.Id);
        Assert.Equal(1, said.Moving);

        await PublishAsync(world, await PlanAsync(world, Words.Journey("j", First.Replace("4d", "8d", StringComparison.Ordinal))));
        var (publication, refused) = await world.Get<JourneyPublisher>().BeginAsync(plan, CancellationToken.None);
        Assert.Null(publication);
        Assert.Contains("planned for version 1", refused, StringComparison.Ordinal);
        Assert.NotEqual(plan.Id, (await PlanAsync(world, text)).Id);
    }

    [Fact]
    public async Task People_of_older_versions_are_moved_to_the_version_in_force_without_a_new_one()
    {
        await using var world = await World.WithAsync(Words.Journey("j", First));
        var anna = await EnteredAsync(world, "1");
        var text = Words.Journey("j", First.Replace("4d", "9d", StringComparison.Ordinal));
        await PublishAsync(world, await PlanAsync(world, text));
        var plan = await world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [new MoveRule { From = "any", To = "same" }], CancellationToken.None);
        Assert.Equal((2, 2, 1L), (plan.BaseVersion, plan.Version, plan.Moving));

        await PublishAsync(world, plan);
        Assert.Equal((2, "start"), Place(await world.OneAsync(anna)));
        Assert.Equal(world.Now.AddDays(9), (await world.OneAsync(anna)).DueAt);
        var (rollback, _) = await world.Get<JourneyPublisher>().RollBackAsync("j", CancellationToken.None);
        await FinishAsync(world, rollback!);
        Assert.Equal((1, "start"), Place(await world.OneAsync(anna)));
    }

    private static (int Version, string Step) Place(Enrolment walk) => (walk.Version, walk.StepId);

    private static async Task<Core.Customers.Customer> EnteredAsync(World world, string id)
    {
        var customer = await world.CustomerAsync(id);
        await world.TellAsync(id, "order.delivered");
        await world.RunAsync();
        return customer;
    }

    private static Task<PublishPlan> PlanAsync(World world, string text)
    {
        world.File("journeys/j.yaml", text);
        return world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [], CancellationToken.None);
    }

    private static async Task<IReadOnlyList<OutcomeCount>> PublishAsync(World world, PublishPlan plan)
    {
        Assert.True(plan.Ok, string.Join('\n', plan.Faults));
        var (publication, refused) = await world.Get<JourneyPublisher>().BeginAsync(plan, CancellationToken.None);
        Assert.Null(refused);
        return await FinishAsync(world, publication!);
    }

    private static Task<IReadOnlyList<OutcomeCount>> FinishAsync(World world, Publication publication) =>
        world.Get<JourneyPublisher>().FinishAsync(publication, null, CancellationToken.None);
}
