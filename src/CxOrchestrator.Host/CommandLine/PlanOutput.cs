using CxOrchestrator.Core.Publishing;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Plans and what became of them, for people.</summary>
internal static class PlanOutput
{
    /// <summary>What would change, and what becomes of whom.</summary>
    public static void Show(IAnsiConsole console, PublishPlan plan)
    {
        console.WriteLine(plan.BaseVersion == 0 ? $"{plan.Journey} is not published yet; this is version {plan.Version}."
            : plan.Version == plan.BaseVersion ? $"{plan.Journey}: the file is version {plan.BaseVersion}, which is in force."
            : $"{plan.Journey}: version {plan.BaseVersion} is in force; this would be version {plan.Version}.");
        foreach (var rule in plan.Diff.Rules)
            console.WriteLine($"  {rule}");
        if (plan.Diff.Steps.Count > 0)
        {
            var steps = Tables.New("Step", "", "What");
            foreach (var change in plan.Diff.Steps)
                steps.Row(change.Step, change.Kind.ToString().ToLowerInvariant(), change.What);
            console.Write(steps);
        }

        foreach (var along in plan.Along)
            console.WriteLine($"  with it: {along}");
        People(console, plan);
    }

    /// <summary>What a publication came to: what the plan said, and who had gone on meanwhile.</summary>
    public static void Outcome(IAnsiConsole console, Publication publication, IReadOnlyList<OutcomeCount> counts)
    {
        if (counts.Count == 0)
            return;
        var table = Tables.New("Version", "Step", "People", "What became of them");
        foreach (var step in counts.GroupBy(count => (count.Version, count.Step)))
        {
            var parts = step.Select(count => $"{Tables.Count(count.People)} {Words(count.Outcome)}");
            table.Row(Tables.Count(step.Key.Version), step.Key.Step, Tables.Count(step.Sum(count => count.People)), string.Join(", ", parts));
        }

        console.Write(table);
        var done = counts.Where(count => count.Outcome != PersonOutcome.Pending).Sum(count => count.People);
        console.WriteLine($"{publication.Journey} version {publication.Version}: {Tables.Count(done)} of {Tables.Count(counts.Sum(count => count.People))} people decided on.");
    }

    /// <summary>What becomes of somebody, in words.</summary>
    public static string Words(PlannedStep step, int version) => step.Fate switch
    {
        Fate.Move move => $"go on at step {move.Step} of version {version}{(move.Now ? ", at once" : "")}",
        Fate.Leave leave => $"leave: {leave.Reason}",
        _ => $"finish on version {step.Version}{(step.Note.Length > 0 ? $" ({step.Note})" : "")}",
    };

    private static void People(IAnsiConsole console, PublishPlan plan)
    {
        var shown = plan.Steps.Where(step => step.People > 0).ToList();
        if (shown.Count == 0)
        {
            console.WriteLine("Nobody is in the middle of it.");
            return;
        }

        var table = Tables.New("Version", "Step", "", "People", "What happens to them");
        foreach (var step in shown)
            table.Row(Tables.Count(step.Version), step.Step, step.Kind, Tables.Count(step.People), Words(step, plan.Version));
        console.Write(table);
        console.WriteLine(
            $"{Tables.Count(shown.Sum(step => step.People))} people are in the middle of it: {Tables.Count(plan.Moving)} go on in version {plan.Version}, "
            + $"{Tables.Count(plan.Leaving)} leave, {Tables.Count(plan.Staying)} finish on the version that they walk.");
    }

    private static string Words(PersonOutcome outcome) => outcome switch
    {
        PersonOutcome.Pending => "are still to be decided on",
        PersonOutcome.Moved => "go on in the new version",
        PersonOutcome.Left => "have left",
        PersonOutcome.WentOn => "had gone on by themselves, and finish on their version",
        PersonOutcome.Ended => "had come to an end by themselves",
        PersonOutcome.PutBack => "stand where they stood before",
        PersonOutcome.Acted => "had gone on since, and stay",
        _ => "were not moved, because it was rolled back",
    };
}
