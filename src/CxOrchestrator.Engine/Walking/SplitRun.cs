using System.Globalization;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Experiments;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Walking;

/// <summary>
/// Puts a customer into a variant by their bucket, or ends the walk of those who are held out. Where a walk comes again it goes where it went. People are
/// counted until a winner is called: who gets it because it won was not divided at random.
/// </summary>
internal sealed class SplitRun(SplitWinners winners, CustomerTime time)
{
    public async Task<StepOutcome> RunAsync(Walk walk, SplitStep step, CancellationToken cancellation)
    {
        if (walk.Context.Splits.GetValueOrDefault(step.Id) is { } before && Leads(step, before) is { } again)
            return again;
        var bucket = SplitBuckets.Of(walk.Person.Id, walk.Journey.Key, step.Id);
        var own = new SplitPlace(SplitShares.Of(step).VariantOf(bucket), bucket);
        var winner = await WalkFacts.ReadAsync(() => winners.OfAsync(walk.Journey, step, walk.Now, cancellation));
        if (winner is null || step.Winner?.Then == WinnerThen.Tell)
            Count(walk, step, own);
        else if (own.Variant != SplitStep.HeldOut)
            return Put(walk, step, own with { Variant = winner.Variant }, $", because it won on {winner.At.UtcDateTime:yyyy-MM-dd}");
        return Put(walk, step, own, "");
    }

    private static StepOutcome Put(Walk walk, SplitStep step, SplitPlace place, string why)
    {
        walk.Place(step, place);
        return Leads(step, place, why) ?? StepOutcome.Fails(step.Id, $"there is no variant {place.Variant}");
    }

    // Null where the version that is walked now has no such variant.
    private static StepOutcome? Leads(SplitStep step, SplitPlace place, string why = "")
    {
        var bucket = string.Create(CultureInfo.InvariantCulture, $"bucket {place.Bucket:N0} of {SplitBuckets.Count:N0}");
        if (place.Variant == SplitStep.HeldOut)
            return new StepOutcome.Over(EnrolmentState.Completed, $"held out by split {step.Id}: {bucket}");
        return step.Variants.FirstOrDefault(one => one.Name == place.Variant) is { } variant
            ? new StepOutcome.Go(variant.Target) { Did = $"variant {variant.Name} of split {step.Id}{why}: {bucket}" }
            : null;
    }

    private void Count(Walk walk, SplitStep step, SplitPlace place) => walk.Effects.SplitPeople.Add(new SplitPerson
    {
        CustomerId = walk.Person.Id,
        Journey = walk.Journey.Key,
        Split = step.Id,
        Variant = place.Variant,
        Version = walk.Journey.Version,
        Bucket = place.Bucket,
        EnrolmentId = walk.Enrolment.Id,
        AssignedAt = walk.Now,
        WatchedUntil = time.Add(step.Watch, walk.Now, walk.Person),
    });
}
