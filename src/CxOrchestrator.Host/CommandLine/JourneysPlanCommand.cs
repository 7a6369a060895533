using System.CommandLine;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>journeys plan FILE</c>: what publishing it would change, for the journey and for everybody in the middle of it.</summary>
internal static class JourneysPlanCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("plan", "Shows what publishing a journey's file would change, and what becomes of the people in the middle of it. Changes nothing.") { json };
        var file = PlannedFile.In(command);
        return command.Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var plan = await file.PlanAsync(installation.Services, parsed, cancellation);
            if (parsed.GetValue(json))
            {
                console.Json(new
                {
                    plan.Id, plan.Journey, plan.BaseVersion, plan.Version, Rules = plan.Diff.Rules,
                    Changes = plan.Diff.Steps.Select(step => new { step.Step, Change = step.Kind.ToString().ToLowerInvariant(), step.What }),
                    plan.Along, plan.Moving, plan.Leaving, plan.Staying,
                    People = plan.Steps.Where(step => step.People > 0)
                        .Select(step => new { step.Version, step.Step, step.Kind, step.People, Then = PlanOutput.Words(step, plan.Version) }),
                    Faults = plan.Faults.Select(fault => fault.ToString()),
                });
                return plan.Ok ? 0 : 1;
            }

            Publishing.Tell(console, plan.Faults);
            if (!plan.Ok)
                throw new UserException($"It can't be published: {Publishing.Count(plan.Faults)}.");
            PlanOutput.Show(console, plan);
            console.WriteLine(plan.Any
                ? $"Plan {plan.Id}. To carry out exactly this: cxo journeys publish {file.Named(parsed)} --plan {plan.Id}{file.Written(parsed)}"
                : "Nothing would change.");
            return 0;
        });
    }
}
