using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Publishing;

/// <summary>Ten thousand people over three versions are moved to a fourth, and put back.</summary>
public sealed class ThreeVersionsTests
{
    private const string Exit = "exit: [ { on: order.returned } ]";

    private const string Moves = """
        moves:
          - { from: start, to: start }
          - { from: start, version: 2, to: stay }
          - { from: invite, to: invitation }
          - { from: answer, to: answer }
          - { from: rest, to: exit, reason: nobody rests any more }
        """;

    [Fact]
    public async Task The_outcome_is_the_plans_nobody_is_lost_or_sent_twice_and_a_rollback_puts_back_whoever_has_not_gone_on()
    {
        await using var world = await World.WithAsync(Version("1d", "5d", "invite", "rest", "10d", Exit));
        var first = await EnterAsync(world, 0, 4_000);
        await world.PassAsync(TimeSpan.FromDays(2));
        await AnswerAsync(world, first.Take(1_000));
        await world.RunAsync();
        await world.PublishAsync(Version("2d", "5d", "invite", "rest", "10d", Exit));
        var second = await EnterAsync(world, 4_000, 3_000);
        await world.PassAsync(TimeSpan.FromHours(12));
        await world.PublishAsync(Version("3d", "6d", "invite", "rest", "10d", Exit));
        var third = await EnterAsync(world, 7_000, 3_000);
        await world.RunAsync();

        world.File("journeys/j.yaml", Version("4d", "4d", "invitation", "cool-down", "20d", Exit + "\n" + Moves));
        var plan = await world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [], CancellationToken.None);
        Assert.True(plan.Ok, string.Join('\n', plan.Faults));
        Assert.Equal(
            ["1 answer 3000 Move", "1 rest 1000 Leave", "2 start 3000 Stay", "3 start 3000 Move"],
            plan.Steps.Where(step => step.People > 0).Select(step => $"{step.Version} {step.Step} {step.People} {step.Fate.GetType().Name}"));
        var before = await UnderWayAsync(world, [.. first, .. second, .. third]);
        Assert.Equal(10_000, before.Count);

        var (publication, refused) = await world.Get<JourneyPublisher>().BeginAsync(plan, CancellationToken.None);
        Assert.Null(refused);
        // Fifty answer and thirty leave after it has begun and before their turn has come.
        await AnswerAsync(world, first.Skip(1_000).Take(50));
        await TellAsync(world, third.Take(30).Select(customer => customer.Subject), "order.returned");
        await world.RunAsync(Work.Events);
        var counts = await world.Get<JourneyPublisher>().FinishAsync(publication!, null, CancellationToken.None);

        Assert.Equal(
            [
                new(1, "answer", PersonOutcome.Moved, 2_950), new(1, "answer", PersonOutcome.WentOn, 50), new(1, "rest", PersonOutcome.Left, 1_000),
                new(3, "start", PersonOutcome.Moved, 2_970), new OutcomeCount(3, "start", PersonOutcome.Ended, 30),
            ],
            counts);
        foreach (var step in plan.Steps.Where(step => step.Fate is not Fate.Stay && step.People > 0))
            Assert.Equal(step.People, counts.Where(count => (count.Version, count.Step) == (step.Version, step.Step)).Sum(count => count.People));
        Assert.Equal(
            [new(1, "rest", 50), new(2, "start", 3_000), new(4, "answer", 2_950), new Standing(4, "start", 2_970)],
            await world.Get<IPublicationStore>().StandingAsync("j", CancellationToken.None));

        await AnswerAsync(world, first.Skip(1_050).Take(100));
        await world.RunAsync(Work.Events);
        var (rollback, _) = await world.Get<JourneyPublisher>().RollBackAsync("j", CancellationToken.None);
        var back = await world.Get<JourneyPublisher>().FinishAsync(rollback!, null, CancellationToken.None);
        Assert.Equal(6_820, back.Where(count => count.Outcome == PersonOutcome.PutBack).Sum(count => count.People));
        Assert.Equal(100, back.Where(count => count.Outcome == PersonOutcome.Acted).Sum(count => count.People));
        AssertPutBack(before, await AgainAsync(world, before), 6_820 + 3_000);

        for (var day = 0; day < 45; day++)
            await world.PassAsync(TimeSpan.FromDays(1));
        await AssertEachMessageOnceAsync(world, before);
    }

    [Fact]
    public async Task One_that_is_cut_off_between_two_pages_is_finished_by_another_process()
    {
        await using var world = await World.WithAsync(Version("1d", "5d", "invite", "rest", "10d", Exit));
        await EnterAsync(world, 0, 1_200);
        await world.RunAsync();
        world.File("journeys/j.yaml", Version("2d", "5d", "invite", "rest", "10d", "moves: [ { from: any, to: same } ]"));
        var plan = await world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [], CancellationToken.None);
        using var cut = new CancellationTokenSource();
        var (publication, _) = await world.Get<JourneyPublisher>().BeginAsync(plan, CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.Get<JourneyPublisher>().FinishAsync(publication!, _ => cut.Cancel(), cut.Token));
        Assert.Equal([700L, 500], (await world.Get<IPublicationStore>().CountAsync(publication!.Id, CancellationToken.None)).Select(count => count.People));

        await using var other = world.Another("two");
        while (await other.RunAsync(Work.Publications) > 0)
        {
        }

        Assert.Equal([new OutcomeCount(1, "start", PersonOutcome.Moved, 1_200)], await other.Get<IPublicationStore>().CountAsync(publication.Id, CancellationToken.None));
        Assert.Empty(await other.Get<IPublicationStore>().OpenAsync(CancellationToken.None));
        for (var day = 0; day < 20; day++)
            await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2_400, world.Fake.Emails.Count);
        Assert.All(world.Fake.Emails.GroupBy(mail => (mail.To, mail.Subject)), mails => Assert.Single(mails));
    }

    [Fact]
    public async Task A_rollback_of_one_that_is_cut_off_puts_back_whom_it_had_moved_and_leaves_the_others_alone()
    {
        await using var world = await World.WithAsync(Version("1d", "5d", "invite", "rest", "10d", Exit));
        var people = await EnterAsync(world, 0, 1_200);
        await world.RunAsync();
        var before = await UnderWayAsync(world, people);
        world.File("journeys/j.yaml", Version("2d", "5d", "invite", "rest", "10d", "moves: [ { from: any, to: same } ]"));
        var plan = await world.Get<JourneyPlans>().PlanAsync(world.Files, "journeys/j.yaml", [], CancellationToken.None);
        using var cut = new CancellationTokenSource();
        var (publication, _) = await world.Get<JourneyPublisher>().BeginAsync(plan, CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.Get<JourneyPublisher>().FinishAsync(publication!, _ => cut.Cancel(), cut.Token));

        var (rollback, _) = await world.Get<JourneyPublisher>().RollBackAsync("j", CancellationToken.None);
        await world.Get<JourneyPublisher>().FinishAsync(rollback!, null, CancellationToken.None);

        Assert.Equal(
            [new(1, "start", PersonOutcome.Moved, 500), new OutcomeCount(1, "start", PersonOutcome.Withdrawn, 700)],
            await world.Get<IPublicationStore>().CountAsync(publication!.Id, CancellationToken.None));
        AssertPutBack(before, await AgainAsync(world, before), 1_200);
    }

    private static void AssertPutBack(Dictionary<Guid, Enrolment> before, IReadOnlyDictionary<Guid, Enrolment> after, int expected)
    {
        static string Place(Enrolment walk) => JsonSerializer.Serialize(new
        {
            walk.Version, walk.StepId, walk.State, walk.Entered, walk.DueAt, walk.WaitsFor, walk.WaitsOn, walk.EndedAt, walk.Reason, walk.Context.Visits,
            walk.Context.Deliveries, walk.Context.Answer, walk.Context.Heard,
        });
        var same = before.Values.Count(walk => Place(walk) == Place(after[walk.Id]));
        Assert.Equal(expected, same);
    }

    private static async Task AssertEachMessageOnceAsync(World world, Dictionary<Guid, Enrolment> before)
    {
        var sent = (await world.DeliveriesAsync()).Where(delivery => delivery.State == DeliveryState.Accepted).ToLookup(delivery => delivery.EnrolmentId);
        var all = await AgainAsync(world, before);
        Assert.Equal(9_970, all.Values.Count(walk => walk.State == EnrolmentState.Completed));
        Assert.All(
            all.Values.Where(walk => walk.State == EnrolmentState.Completed),
            walk => Assert.Equal(["ask", "hello"], sent[walk.Id].Select(delivery => delivery.Message).Order(StringComparer.Ordinal)));
        Assert.All(all.Values.Where(walk => walk.State == EnrolmentState.Exited), walk => Assert.Empty(sent[walk.Id]));
    }

    private static string Version(string start, string upTo, string invite, string rest, string pause, string more) => Words.Journey(
        "j",
        $"- wait: {start}\n  id: start\n- send: ask\n  id: {invite}\n  survey: nps\n- waitFor: {{ on: survey.answered, of: {invite}, upTo: {upTo} }}\n  id: answer\n"
        + $"- wait: {pause}\n  id: {rest}\n- send: hello\n  id: bye",
        more: more);

    private static async Task<List<(string Subject, Guid Id)>> EnterAsync(World world, int from, int count)
    {
        var subjects = Enumerable.Range(from, count).Select(number => $"p{number}").ToList();
        var people = new List<(string, Guid)>();
        foreach (var page in subjects.Chunk(1_000))
        {
            var drafts = page.Select(id => new CustomerDraft(
                [new ExternalId("shop", id)], $"Anna {id}", "Anna", "en", "Etc/UTC", [new ContactPoint(Channel.Email, $"{id}@example.test")], Json.EmptyObject));
            var added = await world.Get<ICustomerStore>().UpsertAsync([.. drafts], world.Now, CancellationToken.None);
            people.AddRange(page.Zip(added, (id, one) => (id, one.Id)));
        }

        await TellAsync(world, subjects, "order.delivered");
        await world.RunAsync();
        return people;
    }

    private static async Task TellAsync(World world, IEnumerable<string> subjects, string type)
    {
        foreach (var page in subjects.Chunk(1_000))
        {
            var events = page.Select(id => new IncomingEvent("shop", $"{type}/{id}", type, id, world.Now, Json.EmptyObject));
            await world.Get<IEventIntake>().AcceptAsync([.. events], allOrNone: true, CancellationToken.None);
        }
    }

    private static async Task AnswerAsync(World world, IEnumerable<(string Subject, Guid Id)> people)
    {
        var ids = people.Select(one => one.Id).ToList();
        var walks = await world.Get<IEnrolmentStore>().ActiveAsync(ids, CancellationToken.None);
        var answers = walks.Select(walk => new CustomerEvent
        {
            Id = Ids.New(world.Now), Source = EventTypes.OwnSource, SourceId = $"answer/{walk.Id:N}", Type = EventTypes.SurveyAnswered,
            Subject = walk.CustomerId.ToString("N"), CustomerId = walk.CustomerId, DeliveryId = walk.WaitsOn, Time = world.Now, ReceivedAt = world.Now,
            Data = Json.Parse("""{ "survey": "nps", "score": 9, "comment": "", "revision": 1 }"""),
        });
        await world.Get<IEventStore>().AppendAsync([.. answers], CancellationToken.None);
    }

    private static async Task<Dictionary<Guid, Enrolment>> UnderWayAsync(World world, IEnumerable<(string Subject, Guid Id)> people) =>
        (await world.Get<IEnrolmentStore>().ActiveAsync([.. people.Select(one => one.Id)], CancellationToken.None)).ToDictionary(walk => walk.Id);

    private static Task<IReadOnlyDictionary<Guid, Enrolment>> AgainAsync(World world, Dictionary<Guid, Enrolment> before) =>
        world.Get<IEnrolmentStore>().GetAsync(before.Keys, CancellationToken.None);
}
