using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Schedules;

public sealed class CampaignTests
{
    // Mondays at nine in Berlin; the world's clock stands at Monday, 2 March 2026, 12:00 UTC.
    private static readonly string Weekly = Words.Journey(
        "news", "- send: hello", """{ cron: "0 0 9 ? * MON", zone: Europe/Berlin }""", "reentry: always");

    [Fact]
    public async Task A_schedule_enrols_everybody_once_a_run_in_customers_time()
    {
        await using var world = await World.WithAsync(Weekly);
        await world.CustomerAsync("anna");
        await world.CustomerAsync("ben");
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromHours((6 * 24) + 19));
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, world.Fake.Emails.Count);
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal(4, world.Fake.Emails.Count);
        Assert.Equal(4, (await world.BooksAsync()).EnrolmentsBySchedule);
    }

    [Fact]
    public async Task What_one_persons_event_begins_waits_in_another_lane_than_what_a_schedule_begins_for_all()
    {
        await using var world = await World.WithAsync(
            Words.Journey("news", "- wait: 30d", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC }""", "reentry: always", "service"),
            Words.Journey("order", "- wait: 30d"),
            Words.Journey("ask", "- wait: 30d", purpose: "feedback"));
        var anna = await world.CustomerAsync("anna");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(7));
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Equal(
            [("ask", Lane.Personal), ("news", Lane.Bulk), ("order", Lane.Service)],
            (await world.EnrolmentsAsync(anna)).Select(one => (one.Journey, one.Lane)).Order());
    }

    [Fact]
    public async Task Of_the_runs_that_were_missed_the_newest_alone_is_made_up_for()
    {
        await using var world = await World.WithAsync(Weekly);
        await world.CustomerAsync("anna");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(30));
        Assert.Single(world.Fake.Emails);
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_goes_on_and_enrols_nobody_twice()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "news", "- wait: 30d", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC }""", "reentry: always"));
        var drafts = Enumerable.Range(0, 1_200).Select(number => new CustomerDraft(
            [new ExternalId("shop", $"c{number}")], $"C {number}", null, null, null, [], Json.EmptyObject)).ToList();
        await world.Get<ICustomerStore>().UpsertAsync(drafts, world.Now, CancellationToken.None);
        await world.RunAsync(Work.Campaigns);
        world.CustomerClock.Advance(TimeSpan.FromDays(7));
        await world.RunAsync(Work.Campaigns);
        Assert.Equal(500, (await world.BooksAsync()).EnrolmentsBySchedule);
        var mark = await world.Get<IMarkStore>().ReadAsync("campaign/news", CancellationToken.None);

        // The process is gone, and another goes on; then the first page's mark is lost and the page comes again.
        await using var other = world.Another("two");
        world.MachineClock.Advance(new EngineOptions().CallLease);
        await other.RunAsync(Work.Campaigns);
        Assert.Equal(1_000, (await world.BooksAsync()).EnrolmentsBySchedule);
        await world.Get<IMarkStore>().WriteAsync("campaign/news", mark!, CancellationToken.None);
        await other.RunAsync();
        Assert.Equal(1_200, (await world.BooksAsync()).EnrolmentsBySchedule);
    }

    [Fact]
    public async Task Whom_a_schedule_enrols_is_walked_to_the_first_wait_in_the_same_commit()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "news", "- send: hello\n- wait: 30d", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC }""", "reentry: always"));
        var anna = await world.CustomerAsync("anna");
        await world.RunAsync(Work.Campaigns);
        world.CustomerClock.Advance(TimeSpan.FromDays(7));
        var mark = await world.Get<IMarkStore>().ReadAsync("campaign/news", CancellationToken.None);
        await world.RunAsync(Work.Campaigns);
        var waiting = await world.OneAsync(anna);
        Assert.Equal((true, world.Now.AddDays(30)), (waiting.Entered, waiting.DueAt));
        Assert.Equal(waiting.Id, (await world.DeliveryAsync()).EnrolmentId);

        // The page's mark is lost, and it comes again: whom the slot refuses is sent nothing.
        await world.Get<IMarkStore>().WriteAsync("campaign/news", mark!, CancellationToken.None);
        await world.RunAsync();
        Assert.Equal(waiting.Id, (await world.OneAsync(anna)).Id);
        Assert.Single(world.Fake.Emails);
    }

    [Fact]
    public async Task A_segment_of_the_crm_is_mapped_by_its_ids_and_a_condition_leaves_others_out()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "news", "- send: hello", """{ cron: "0 0 9 ? * *", zone: Etc/UTC, segment: vip, when: customer.city == "Bonn" }"""));
        var people = new[] { ("a", "Bonn"), ("b", "Ulm"), ("c", "Bonn") };
        await world.Get<ICustomerStore>().UpsertAsync(
            [.. people.Select(one => new CustomerDraft(
                [new ExternalId(FakeConnections.Name, one.Item1)], one.Item1, null, null, null,
                [new ContactPoint(Channel.Email, $"{one.Item1}@example.test")], Json.Parse($$"""{ "city": "{{one.Item2}}" }""")))],
            world.Now, CancellationToken.None);
        world.Fake.OnSegment = (segment, cursor) => cursor is null
            ? new Page<CrmPerson>([new CrmPerson { Id = "a" }, new CrmPerson { Id = "b" }], segment + "-2")
            : new Page<CrmPerson>([new CrmPerson { Id = "stranger" }], null);
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("a@example.test", Assert.Single(world.Fake.Emails).To.Address);
    }

    [Fact]
    public async Task A_crm_that_does_not_answer_delays_the_run_and_loses_nothing()
    {
        await using var world = await World.WithAsync(Words.Journey("news", "- send: hello", """{ cron: "0 0 9 ? * *", zone: Etc/UTC, segment: vip }"""));
        await world.CustomerAsync("anna");
        world.Fake.OnSegment = (_, _) => throw new InvalidOperationException("down");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(1));
        await world.PassAsync(TimeSpan.FromHours(1));
        world.Fake.OnSegment = (_, _) => new Page<CrmPerson>([new CrmPerson { Id = "x" }], null);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("\"Run\":null", await world.Get<IMarkStore>().ReadAsync("campaign/news", CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_schedule_does_not_make_up_for_runs_that_it_would_have_had()
    {
        await using var world = await World.WithAsync(Weekly);
        await world.CustomerAsync("anna");
        await world.RunAsync();
        world.CustomerClock.Advance(TimeSpan.FromDays(3));
        await world.PublishAsync(Words.Journey("news", "- send: hello", """{ cron: "0 0 9 ? * *", zone: Etc/UTC }""", "reentry: always"));
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(world.Fake.Emails);
    }

    [Theory]
    [InlineData("0 0 9 ? * MON", true)]
    [InlineData("0 0 9 * *", false)]
    [InlineData("0 0 25 ? * MON", false)]
    [InlineData("0 0 9 30 2 ?", false)]
    [InlineData("0 0 9 ? * * 2001", true)]
    [InlineData("nonsense", false)]
    public void A_cron_expression_is_checked_with_a_reason(string cron, bool right) => Assert.Equal(right, CronCheck.Fault(cron) is null);
}
