namespace CxOrchestrator.Core.Journeys;

/// <summary>A step that was read, before it knows its successor.</summary>
internal sealed class StepDraft
{
    /// <summary>Its place in the flat list: the order of the file.</summary>
    public required int Index { get; init; }

    /// <summary>The lists of steps within it.</summary>
    public IReadOnlyList<IReadOnlyList<StepDraft>> Within { get; init; } = [];

    /// <summary>Whether the steps within it lead back to it, and not to what follows it.</summary>
    public bool Loops { get; init; }

    /// <summary>Whether no walk goes on behind it.</summary>
    public bool Ends { get; init; }

    /// <summary>Makes the step, given the index of what follows it.</summary>
    public required Func<int, Step> Build { get; init; }

    /// <summary>The draft of the same step with another answer to its failure.</summary>
    public StepDraft Failing(StepFailure how) => how == StepFailure.Stop
        ? this
        : new StepDraft { Index = Index, Within = Within, Loops = Loops, Ends = Ends, Build = next => Build(next) with { OnFailure = how } };

    /// <summary>Puts the steps of a list into the flat list.</summary>
    /// <param name="list">The steps.</param>
    /// <param name="after">Index of what follows the list.</param>
    /// <param name="flat">The flat list, as long as all steps.</param>
    public static void Flatten(IReadOnlyList<StepDraft> list, int after, Step[] flat)
    {
        for (var place = 0; place < list.Count; place++)
        {
            var next = place + 1 < list.Count ? list[place + 1].Index : after;
            flat[list[place].Index] = list[place].Build(next);
            foreach (var within in list[place].Within)
                Flatten(within, list[place].Loops ? list[place].Index : next, flat);
        }
    }
}
