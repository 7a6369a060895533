using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>Which steps a walk may come to from which.</summary>
internal static class StepGraph
{
    /// <summary>A step's id by its index, or <c>end</c>.</summary>
    public static string Name(Journey journey, int index) => index == Step.End ? "end" : journey.Steps[index].Id;

    /// <summary>Indices of the steps that may come after one.</summary>
    public static IEnumerable<int> Successors(Journey journey, Step step) => (step switch
    {
        WaitForStep wait => [wait.Next, wait.Otherwise],
        ChooseStep choose => choose.Branches.Select(branch => branch.Target).Append(choose.Next),
        SplitStep split => split.Variants.Select(variant => variant.Target).Append(split.Next),
        ExitStep => [],
        WaitStep or SendStep or OpenCaseStep or UpdateCustomerStep or EmitStep => [step.Next],
        // Of a kind that is not known here nothing is known: it may lead anywhere.
        _ => Enumerable.Range(0, journey.Steps.Count),
    }).Where(index => index != Step.End);

    /// <summary>Indices of the steps that a walk which stands before one may still do, that one among them.</summary>
    public static HashSet<int> From(Journey journey, int start)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([start]);
        while (open.TryPop(out var index))
        {
            if (!seen.Add(index))
                continue;
            foreach (var next in Successors(journey, journey.Steps[index]))
                open.Push(next);
        }

        return seen;
    }

    /// <summary>Indices of the steps that a walk which stands before one may have done.</summary>
    public static HashSet<int> Before(Journey journey, int end)
    {
        var before = Enumerable.Range(0, journey.Steps.Count).ToDictionary(index => index, _ => new List<int>());
        for (var index = 0; index < journey.Steps.Count; index++)
        {
            foreach (var next in Successors(journey, journey.Steps[index]))
                before[next].Add(index);
        }

        var seen = new HashSet<int>();
        var open = new Stack<int>(before[end]);
        while (open.TryPop(out var index))
        {
            if (!seen.Add(index))
                continue;
            foreach (var one in before[index])
                open.Push(one);
        }

        return seen;
    }
}
