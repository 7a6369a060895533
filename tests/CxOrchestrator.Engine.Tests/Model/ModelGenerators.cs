using FsCheck;
using FsCheck.Fluent;

namespace CxOrchestrator.Engine.Tests.Model;

/// <summary>Random journeys and what happens to them; what fails is made smaller by leaving out what happens, then steps.</summary>
public static class ModelGenerators
{
    public const int Customers = 3;

    private static readonly string[] Heard = ["order.placed", "ping"];

    public static Arbitrary<ModelCase> Cases { get; } = Arb.From(
        from journey in Journey
        from acts in Gen.NonEmptyListOf(Act)
        select new ModelCase(journey, [.. acts]),
        Smaller);

    private static Gen<ModelJourney> Journey =>
        from least in Gen.Elements(0, 0, 50)
        from reentry in Gen.OneOf<ModelReentry>(
            Gen.Constant<ModelReentry>(new ModelReentry.Once()), Gen.Constant<ModelReentry>(new ModelReentry.Always()),
            Gen.Choose(1, 100).Select(hours => (ModelReentry)new ModelReentry.Every(hours)), Gen.Constant<ModelReentry>(new ModelReentry.PerOrder()))
        from exits in ArbMap.Default.GeneratorFor<bool>()
        from goal in Gen.Elements(null, "order.placed", "order.returned", "order.returned")
        from steps in Steps(3, 1)
        select new ModelJourney(least, reentry, exits, goal, steps);

    private static Gen<ModelAct> Act => Gen.Frequency<ModelAct>(
        (8, Gen.Choose(1, 60 * 30).Select(minutes => (ModelAct)new ModelAct.Pass(minutes))),
        (2, Gen.Choose(1, 60 * 24 * 12).Select(minutes => (ModelAct)new ModelAct.Pass(minutes))),
        (9, from customer in Gen.Choose(0, Customers - 1)
            from type in Gen.Elements("order.delivered", "order.delivered", "order.delivered", "order.placed", "ping", "order.returned")
            from total in Gen.Choose(0, 100)
            from order in Gen.Choose(1, 4)
            select (ModelAct)new ModelAct.Tell(customer, type, total, order)),
        (1, from claimed in Gen.Choose(1, 4)
            from handed in Gen.Choose(0, claimed)
            select (ModelAct)new ModelAct.Crash(claimed, handed)),
        (2, Gen.Elements(Enum.GetValues<ModelMood>()).Select(mood => (ModelAct)new ModelAct.Mood(mood))));

    // An exit stands at the end alone: what nobody comes to is refused when it is published.
    private static Gen<ModelSteps> Steps(int depth, int least) =>
        from count in Gen.Choose(least, 4)
        from steps in Step(depth).ListOf(count)
        select Sound([.. steps]);

    private static Gen<ModelStep> Step(int depth)
    {
        var plain = Gen.Frequency<ModelStep>(
            (3, Gen.Choose(1, 72).Select(hours => (ModelStep)new ModelStep.Wait(hours))),
            (4, Gen.Constant<ModelStep>(new ModelStep.Send())),
            (1, Gen.Constant<ModelStep>(new ModelStep.Update())));
        if (depth == 0)
            return plain;
        return Gen.Frequency(
            (4, plain),
            (2, from type in Gen.Elements(Heard)
                from hours in Gen.Choose(1, 72)
                from otherwise in Steps(depth - 1, 0)
                select (ModelStep)new ModelStep.WaitFor(type, hours, otherwise)),
            (2, from least in Gen.Choose(10, 90)
                from then in Ended(Steps(depth - 1, 1))
                from otherwise in Gen.OneOf(Gen.Constant<ModelSteps?>(null), Steps(depth - 1, 1).Select(steps => (ModelSteps?)steps))
                select (ModelStep)new ModelStep.Choose(least, then, otherwise)),
            (1, from most in Gen.Choose(1, 3)
                from round in Steps(depth - 1, 1)
                where round.Falls
                select (ModelStep)new ModelStep.Repeat(most, round)));
    }

    private static Gen<ModelSteps> Ended(Gen<ModelSteps> steps) =>
        Gen.Frequency((3, steps), (1, steps.Select(some => some.Falls ? new ModelSteps([.. some.All, new ModelStep.Exit()]) : some)));

    private static ModelSteps Sound(ModelStep[] steps)
    {
        for (var count = 1; count < steps.Length; count++)
        {
            if (!new ModelSteps(steps[..count]).Falls)
                return new ModelSteps(steps[..count]);
        }

        return new ModelSteps(steps);
    }

    private static IEnumerable<ModelCase> Smaller(ModelCase large)
    {
        if (large.Acts.Count > 3)
        {
            yield return large with { Acts = [.. large.Acts.Take(large.Acts.Count / 2)] };
            yield return large with { Acts = [.. large.Acts.Skip(large.Acts.Count / 2)] };
        }

        for (var i = 0; i < large.Acts.Count && large.Acts.Count > 1; i++)
            yield return large with { Acts = [.. large.Acts.Where((_, at) => at != i)] };
        var steps = large.Journey.Steps.All;
        for (var i = 0; i < steps.Length && steps.Length > 1; i++)
            yield return large with { Journey = large.Journey with { Steps = new ModelSteps([.. steps.Where((_, at) => at != i)]) } };
    }
}
