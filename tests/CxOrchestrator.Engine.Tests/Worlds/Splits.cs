using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Tests.Worlds;

/// <summary>Splits that tests walk.</summary>
public static class Splits
{
    /// <summary>Steps that begin with a split which holds this customer out.</summary>
    public static string HoldingOut(Guid customer, string journey)
    {
        for (var number = 0; ; number++)
        {
            var steps = $"- split: s{number}\n  variants: [ {{ variant: only, steps: [ {{ send: hello }} ] }} ]\n  holdOut: 50%";
            var split = (SplitStep)JourneyParser.Parse(Words.Journey(journey, steps), "a.yaml", 1).Journey!.Steps[0];
            if (SplitShares.Of(split).VariantOf(SplitBuckets.Of(customer, journey, split.Id)) == SplitStep.HeldOut)
                return steps;
        }
    }
}
