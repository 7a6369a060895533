using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Storage.Conformance.Experiments;

/// <summary>What <see cref="ISplitStore"/> promises.</summary>
public abstract class SplitStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task A_person_comes_back_with_every_field_while_watched()
    {
        var person = Person("short") with { AssignedAt = Noon.AddTicks(10), WatchedUntil = Noon.AddDays(30).AddTicks(20), Bucket = 9_999, Version = 7 };
        var other = Person("long") with { CustomerId = person.CustomerId, Split = "sender", WatchedUntil = Noon };

        await CommitAsync(new Effects { SplitPeople = [person, other, Person("short")] });

        Same([other, person], await Store.Splits.WatchedAsync([person.CustomerId], Noon, Go));
        Same([person], await Store.Splits.WatchedAsync([person.CustomerId, person.CustomerId], Noon.AddTicks(10), Go));
        Assert.Empty(await Store.Splits.WatchedAsync([person.CustomerId], Noon.AddDays(31), Go));
        Assert.Empty(await Store.Splits.WatchedAsync([Some.Key()], Noon, Go));
        Assert.Empty(await Store.Splits.WatchedAsync([], Noon, Go));
    }

    [SkippableFact]
    public async Task A_customer_is_counted_once_a_split_by_the_first_time()
    {
        var person = Person("short");
        await CommitAsync(new Effects { SplitPeople = [person] });
        await CommitAsync(new Effects { SplitPeople = [person with { Variant = "long", EnrolmentId = Some.Key(), AssignedAt = Noon.AddDays(1) }] });
        await CommitAsync(new Effects { SplitPeople = [person, person] });

        Same([person], await Store.Splits.WatchedAsync([person.CustomerId], Noon, Go));
        Same([Tally("short", new SplitSums(1, 0, 0, 0, 0, 0, 0, 0))], await Store.Splits.TalliesAsync("welcome", Go));
    }

    [SkippableFact]
    public async Task What_people_do_is_kept_once_and_tallied()
    {
        var (anna, ben, cy) = (Person("short"), Person("short"), Person("long"));
        await CommitAsync(new Effects { SplitPeople = [anna, ben, cy] });

        await CommitAsync(new Effects { SplitOutcomes = [Outcome(anna, SplitOutcomeKind.GoalReached, 1), Outcome(ben, SplitOutcomeKind.Engaged, 1)] });
        await CommitAsync(new Effects { SplitOutcomes = [Outcome(anna, SplitOutcomeKind.GoalReached, 2), Outcome(anna, SplitOutcomeKind.GoalReached, 3)] });
        await CommitAsync(new Effects { SplitOutcomes = [Outcome(ben, SplitOutcomeKind.Answered, 4) with { Score = 9, Promoter = true }] });

        Same([anna with { GoalAt = Noon.AddMinutes(1) }], await Store.Splits.WatchedAsync([anna.CustomerId], Noon, Go));
        Same(
            [ben with { EngagedAt = Noon.AddMinutes(1), AnsweredAt = Noon.AddMinutes(4), Score = 9, Promoter = true }],
            await Store.Splits.WatchedAsync([ben.CustomerId], Noon, Go));
        Same(
            [Tally("long", new SplitSums(1, 0, 0, 0, 0, 0, 0, 0)), Tally("short", new SplitSums(2, 1, 1, 1, 1, 1, 9, 81))],
            await Store.Splits.TalliesAsync("welcome", Go));
    }

    [SkippableFact]
    public async Task A_score_that_is_changed_counts_as_it_is_now()
    {
        var anna = Person("short");
        await CommitAsync(new Effects
        {
            SplitPeople = [anna], SplitOutcomes = [Outcome(anna, SplitOutcomeKind.Answered, 1) with { Score = 10, Promoter = true }],
        });
        await CommitAsync(new Effects { SplitOutcomes = [Outcome(anna, SplitOutcomeKind.Answered, 2) with { Score = 3 }] });
        await CommitAsync(new Effects { SplitOutcomes = [Outcome(anna, SplitOutcomeKind.Answered, 3)] });

        Same([Tally("short", new SplitSums(1, 0, 1, 1, 0, 1, 3, 9))], await Store.Splits.TalliesAsync("welcome", Go));
    }

    [SkippableFact]
    public async Task What_is_told_of_somebody_who_is_not_of_the_split_is_left_out()
    {
        await CommitAsync(new Effects { SplitOutcomes = [Outcome(Person("short"), SplitOutcomeKind.GoalReached, 1)] });

        Assert.Empty(await Store.Splits.TalliesAsync("welcome", Go));
    }

    [SkippableFact]
    public async Task A_refused_move_leaves_its_person_out()
    {
        var walk = Some.Enrolment();
        await CommitAsync(new Effects { Enrolments = [new Enrol(walk, null)] });
        var person = Person("short") with { CustomerId = walk.CustomerId, EnrolmentId = walk.Id };

        await CommitAsync(new Effects { Moves = [walk with { Revision = 5 }], SplitPeople = [person] });
        Assert.Empty(await Store.Splits.TalliesAsync("welcome", Go));
        await CommitAsync(new Effects { Moves = [walk], SplitPeople = [person] });
        Assert.Equal(1, Assert.Single(await Store.Splits.TalliesAsync("welcome", Go)).Sums.People);
    }

    [SkippableFact]
    public async Task Tallies_of_versions_variants_and_journeys_stand_apart()
    {
        await CommitAsync(new Effects
        {
            SplitPeople = [Person("short"), Person("short") with { Version = 2 }, Person(SplitStep.HeldOut), Person("short") with { Journey = "other" }, Person("short") with { Split = "sender" }],
        });

        Assert.Equal(
            [("sender", 1, "short"), ("subject-line", 1, SplitStep.HeldOut), ("subject-line", 1, "short"), ("subject-line", 2, "short")],
            (await Store.Splits.TalliesAsync("welcome", Go)).Select(tally => (tally.Split, tally.Version, tally.Variant)));
    }

    [SkippableFact]
    public async Task Tallies_are_right_where_many_commit_at_once()
    {
        var people = Enumerable.Range(0, 400).Select(number => Person(number % 2 == 0 ? "short" : "long")).ToList();

        await Task.WhenAll(people.Chunk(20).Select(chunk => Task.Run(() => CommitAsync(new Effects { SplitPeople = chunk }))));
        // Everybody is told of twice, by two who go through them in opposite orders.
        var told = people.Select(person => Outcome(person, SplitOutcomeKind.GoalReached, 1)).ToList();
        await Task.WhenAll(told.Chunk(100).Concat(Enumerable.Reverse(told).Chunk(100)).Select(chunk => Task.Run(() => CommitAsync(new Effects { SplitOutcomes = chunk }))));

        Same(
            [Tally("long", new SplitSums(200, 200, 0, 0, 0, 0, 0, 0)), Tally("short", new SplitSums(200, 200, 0, 0, 0, 0, 0, 0))],
            await Store.Splits.TalliesAsync("welcome", Go));
    }

    [SkippableFact]
    public async Task The_first_winner_that_is_called_holds()
    {
        Assert.Empty(await Store.Splits.WinnersAsync("welcome", Go));
        var first = new SplitWinner("welcome", "subject-line", "short", Noon, "better");

        Same(first, await Store.Splits.CallAsync(first, Go));
        Same(first, await Store.Splits.CallAsync(first with { Variant = "long", At = Noon.AddDays(1) }, Go));
        Same([first], await Store.Splits.WinnersAsync("welcome", Go));
        Assert.Empty(await Store.Splits.WinnersAsync("other", Go));
    }

    [SkippableFact]
    public async Task An_explanation_has_where_splits_count_the_customer_and_the_walk_keeps_where_it_was_put()
    {
        var customer = (await Store.Customers.UpsertAsync([Some.Draft()], Noon, Go))[0];
        var walk = Some.Enrolment(customer.Id) with
        {
            Journey = "welcome", Context = new EnrolmentContext { Splits = new Dictionary<string, SplitPlace> { ["subject-line"] = new("short", 4_711) } },
        };
        var person = Person("short") with { CustomerId = customer.Id, EnrolmentId = walk.Id };
        await CommitAsync(new Effects { Enrolments = [new Enrol(walk, null)], SplitPeople = [person, person with { Journey = "other" }] });

        var known = (await Store.Customers.GetAsync([customer.Id], Go))[customer.Id];
        var facts = await Store.Explain.ReadAsync(new ExplainQuery(known, "welcome", null), Go);

        Same([person], facts.Splits);
        Assert.Equal(new SplitPlace("short", 4_711), Assert.Single(facts.Walks).Context.Splits["subject-line"]);
    }

    private static SplitPerson Person(string variant) => new()
    {
        CustomerId = Some.Key(), Journey = "welcome", Split = "subject-line", Variant = variant, Version = 1, Bucket = 4_711, EnrolmentId = Some.Key(),
        AssignedAt = Noon, WatchedUntil = Noon.AddDays(30),
    };

    private static SplitOutcome Outcome(SplitPerson person, SplitOutcomeKind kind, int minutes) =>
        new(person.CustomerId, person.Journey, person.Split, kind, Noon.AddMinutes(minutes));

    private static SplitTally Tally(string variant, SplitSums sums) => new("welcome", "subject-line", 1, variant, sums);

    private Task CommitAsync(Effects effects) => Store.Work.CommitAsync(effects, Go);
}
