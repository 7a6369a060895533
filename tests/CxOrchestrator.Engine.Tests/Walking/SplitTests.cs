using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Engine.Experiments;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Walking;

public sealed class SplitTests
{
    private const string Steps = """
        - split: subject-line
          variants:
            - variant: short
              weight: 1
              steps: [ { updateCustomer: { got: "'short'" } } ]
            - variant: long
              weight: 1
              steps: [ { updateCustomer: { got: "'long'" } } ]
          holdOut: 20%
          watch: 10d
          winner: { metric: goal, minimumSample: 100, then: send all to it }
        - wait: 3d
        """;

    private const string Goal = "goal: { on: order.placed, when: event.data.total >= event.data.least }\nreentry: always";

    [Fact]
    public async Task Everybody_goes_where_their_bucket_says_and_is_counted_once()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps, more: Goal));
        var people = await PeopleAsync(world, 200);
        await BeginAsync(world, people);
        await BeginAsync(world, people);

        var split = SplitOf(world);
        foreach (var customer in await world.Get<ICustomerStore>().PageAsync(null, 1_000, CancellationToken.None))
        {
            var variant = SplitShares.Of(split).VariantOf(SplitBuckets.Of(customer.Id, "j", "subject-line"));
            Assert.Equal(variant == SplitStep.HeldOut ? "{}" : $$"""{"got":"{{variant}}"}""", customer.Attributes.GetRawText());
        }

        var tallies = await TalliesAsync(world);
        Assert.Equal(200, tallies.Values.Sum(sums => sums.People));
        Assert.InRange(tallies[SplitStep.HeldOut].People, 20, 60);
    }

    [Fact]
    public async Task A_goal_counts_for_those_held_out_and_for_walks_that_have_ended_and_only_while_it_is_watched()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps, more: Goal));
        var people = await PeopleAsync(world, 60);
        await BeginAsync(world, people);
        await world.PassAsync(TimeSpan.FromDays(4));
        Assert.Empty(await world.EnrolmentsAsync(people[0]));

        foreach (var customer in people)
        {
            await world.TellAsync(customer.ExternalIds[0].Value, "order.placed", """{ "total": 5, "least": 10 }""");
            await world.TellAsync(customer.ExternalIds[0].Value, "order.placed", """{ "total": 15, "least": 10 }""", world.Now.AddDays(-10));
        }

        await world.RunAsync();
        Assert.Equal(0, (await TalliesAsync(world)).Values.Sum(sums => sums.Goals));
        foreach (var customer in people.Take(40).Concat(people.Take(40)))
            await world.TellAsync(customer.ExternalIds[0].Value, "order.placed", """{ "total": 15, "least": 10 }""");
        await world.PassAsync(TimeSpan.FromDays(7));
        foreach (var customer in people.Skip(40))
            await world.TellAsync(customer.ExternalIds[0].Value, "order.placed", """{ "total": 15, "least": 10 }""");
        await world.RunAsync();

        var tallies = await TalliesAsync(world);
        Assert.Equal(40, tallies.Values.Sum(sums => sums.Goals));
        var shares = SplitShares.Of(SplitOf(world));
        Assert.Equal(
            people.Take(40).CountBy(customer => shares.VariantOf(SplitBuckets.Of(customer.Id, "j", "subject-line"))).OrderBy(one => one.Key, StringComparer.Ordinal),
            tallies.Where(one => one.Value.Goals > 0).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, (int)one.Value.Goals)));
    }

    [Fact]
    public async Task A_message_that_was_read_and_an_answer_count_with_its_score_and_a_changed_one_counts_as_it_is_now()
    {
        await using var world = await World.WithAsync(Words.Journey(
            "j", "- split: s\n  variants: [ { variant: a }, { variant: b } ]\n- id: ask\n  send: ask\n  survey: nps\n- wait: 3d"));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var delivery = await world.DeliveryAsync();
        await world.ToldAsync(world.Fact(ServiceFacts.MessageRead, delivery: delivery.Key));
        Assert.Equal(new SplitSums(1, 0, 1, 0, 0, 0, 0, 0), Assert.Single(await TalliesAsync(world)).Value);

        var invitation = (await world.Get<ISurveyStore>().FindAsync((await world.OneAsync(anna)).Id, "nps", CancellationToken.None))!;
        await world.AnswerAsync(anna, delivery.Id, 9, """, "journey": "j" """, invitation.Id);
        await world.RunAsync();
        Assert.Equal(new SplitSums(1, 0, 1, 1, 1, 1, 9, 81), Assert.Single(await TalliesAsync(world)).Value);
        await world.AnswerAsync(anna, delivery.Id, 4, """, "journey": "j" """, invitation.Id);
        await world.RunAsync();
        Assert.Equal(new SplitSums(1, 0, 1, 1, 0, 1, 4, 16), Assert.Single(await TalliesAsync(world)).Value);
    }

    [Fact]
    public async Task Who_is_under_way_stays_where_they_are_when_weights_change()
    {
        const string Loop = "- split: s\n  variants:\n    - { variant: a, weight: WA, steps: [ { send: hello } ] }\n    - { variant: b, weight: WB, steps: [ { wait: 1d } ] }";
        await using var world = await World.WithAsync(Words.Journey("j", Loop.Replace("WA", "1").Replace("WB", "9999")));
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var before = await world.OneAsync(anna);
        Assert.Equal("b", before.Context.Splits["s"].Variant);

        await world.PublishAsync(Words.Journey("j", Loop.Replace("WA", "9999").Replace("WB", "1")));
        // Put before the split again, in the version whose weights say otherwise.
        await world.Get<IWork>().CommitAsync(new Effects { Moves = [before with { Version = 2, StepId = "s", Entered = false, DueAt = world.Now }] }, CancellationToken.None);
        await world.RunAsync();

        Assert.Equal(("b", before.Context.Splits["s"].Bucket), ((await world.OneAsync(anna)).Context.Splits["s"].Variant, before.Context.Splits["s"].Bucket));
        Assert.Empty(world.Fake.Emails);
    }

    [Fact]
    public async Task A_winner_is_called_once_and_gets_all_who_come_from_then_on_but_those_held_out()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps, more: Goal));
        var people = await PeopleAsync(world, 400);
        await BeginAsync(world, people);
        var shares = SplitShares.Of(SplitOf(world));
        foreach (var customer in people.Where(customer => shares.VariantOf(SplitBuckets.Of(customer.Id, "j", "subject-line")) == "long"))
            await world.TellAsync(customer.ExternalIds[0].Value, "order.placed", """{ "total": 15, "least": 10 }""");
        await world.PassAsync(TimeSpan.FromMinutes(5));
        var found = Assert.Single((await world.Get<SplitResults>().ReportsAsync("j", CancellationToken.None))!);
        Assert.Equal(("long", null), (found.Winner, found.CalledAt));

        var late = await PeopleAsync(world, 60, "late");
        await BeginAsync(world, late);

        var report = Assert.Single((await world.Get<SplitResults>().ReportsAsync("j", CancellationToken.None))!);
        Assert.Equal(("long", world.Now), (report.Winner, report.CalledAt));
        Assert.Equal(400, report.Variants.Sum(variant => variant.Sums.People));
        var long1 = report.Variants.Single(variant => variant.Variant == "long");
        Assert.Equal((0.4, 1.0), (long1.Share, long1.Conversion));
        var all = await world.Get<ICustomerStore>().GetAsync([.. late.Select(one => one.Id)], CancellationToken.None);
        Assert.All(all.Values, customer => Assert.Equal(
            shares.VariantOf(SplitBuckets.Of(customer.Id, "j", "subject-line")) == SplitStep.HeldOut ? "{}" : """{"got":"long"}""", customer.Attributes.GetRawText()));
        Assert.Contains(all.Values, customer => customer.Attributes.GetRawText() == "{}");

        // Another process knows it too.
        await using var other = world.Another("two");
        var last = await PeopleAsync(other, 10, "last");
        await BeginAsync(other, last);
        Assert.Equal(400, (await TalliesAsync(other)).Values.Sum(sums => sums.People));
    }

    [Fact]
    public async Task A_winner_that_is_only_told_changes_nothing()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps.Replace("send all to it", "tell only"), more: Goal));
        var people = await PeopleAsync(world, 400);
        await BeginAsync(world, people);
        var shares = SplitShares.Of(SplitOf(world));
        foreach (var customer in people.Where(customer => shares.VariantOf(SplitBuckets.Of(customer.Id, "j", "subject-line")) == "long"))
            await world.TellAsync(customer.ExternalIds[0].Value, "order.placed", """{ "total": 15, "least": 10 }""");
        await world.PassAsync(TimeSpan.FromMinutes(5));

        await BeginAsync(world, await PeopleAsync(world, 60, "late"));

        Assert.Equal("long", Assert.Single((await world.Get<SplitResults>().ReportsAsync("j", CancellationToken.None))!).Winner);
        Assert.Equal(460, (await TalliesAsync(world)).Values.Sum(sums => sums.People));
    }

    [Fact]
    public async Task The_chain_tells_the_variant_with_its_bucket_and_what_was_counted()
    {
        await using var world = await World.WithAsync(Words.Journey("j", Steps, more: Goal));
        var people = await PeopleAsync(world, 30);
        await BeginAsync(world, people);
        var shares = SplitShares.Of(SplitOf(world));
        var anna = people.First(customer => shares.VariantOf(SplitBuckets.Of(customer.Id, "j", "subject-line")) == "long");
        var ben = people.First(customer => shares.VariantOf(SplitBuckets.Of(customer.Id, "j", "subject-line")) == SplitStep.HeldOut);
        foreach (var customer in (Customer[])[anna, ben])
            await world.TellAsync(customer.ExternalIds[0].Value, "order.placed", """{ "total": 15, "least": 10 }""");
        await world.RunAsync();

        var told = await world.Get<IExplainer>().ExplainAsync(anna, "j", null, CancellationToken.None);
        var lines = told.Sections.SelectMany(section => section.Lines).Select(line => line.Text).ToList();
        Assert.Contains($"subject-line: variant long of split subject-line: bucket {SplitBuckets.Of(anna.Id, "j", "subject-line"):N0} of 10,000", lines);
        Assert.Contains("counted for variant long of subject-line until 2026-03-12 12:00 UTC", lines);
        Assert.Contains("reached the goal, which counts for variant long of subject-line", lines);

        var held = await world.Get<IExplainer>().ExplainAsync(ben, "j", null, CancellationToken.None);
        Assert.Equal(ChainOutcome.HeldOut, held.Outcome);
        Assert.Contains("held out by split subject-line: bucket", held.Sentence, StringComparison.Ordinal);
        Assert.Contains("its goal was reached on", held.Sentence, StringComparison.Ordinal);
        Assert.Contains("counted as held out of subject-line until 2026-03-12 12:00 UTC", held.Sections.SelectMany(section => section.Lines).Select(line => line.Text));
    }

    private static async Task<IReadOnlyList<Customer>> PeopleAsync(World world, int count, string prefix = "c")
    {
        var drafts = Enumerable.Range(0, count).Select(number => new CustomerDraft(
            [new ExternalId("shop", $"{prefix}{number}")], $"C {number}", null, null, null, [], Json.EmptyObject)).ToList();
        return await world.Get<ICustomerStore>().UpsertAsync(drafts, world.Now, CancellationToken.None) is { } added
            ? [.. (await world.Get<ICustomerStore>().GetAsync([.. added.Select(one => one.Id)], CancellationToken.None)).Values]
            : [];
    }

    private static async Task BeginAsync(World world, IEnumerable<Customer> people)
    {
        foreach (var customer in people)
            await world.TellAsync(customer.ExternalIds[0].Value, "order.delivered");
        await world.RunAsync();
    }

    private static SplitStep SplitOf(World world) => (SplitStep)world.Get<Core.Content.IPublishedContent>().Journeys["j"].Steps[0];

    private static async Task<Dictionary<string, SplitSums>> TalliesAsync(World world) =>
        (await world.Get<ISplitStore>().TalliesAsync("j", CancellationToken.None)).ToDictionary(tally => tally.Variant, tally => tally.Sums);
}
