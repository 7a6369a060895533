using System.Globalization;
using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>What a step does, in the words of the file: the ground on which two versions of it are compared.</summary>
internal static class StepWords
{
    private const string Next = "then";

    /// <summary>The step's kind as it is written.</summary>
    public static string Kind(Step step) => step switch
    {
        WaitStep => "wait",
        WaitForStep => "waitFor",
        ChooseStep => "choose",
        SendStep => "send",
        OpenCaseStep => "openCase",
        UpdateCustomerStep => "updateCustomer",
        EmitStep => "emit",
        ExitStep => "exit",
        SplitStep => "split",
        _ => Lower(step.GetType().Name[..^"Step".Length]),
    };

    /// <summary>In one line.</summary>
    public static string Of(Journey journey, Step step) =>
        string.Join(", ", Fields(journey, step).Where(field => field.Key != Next).Select(field => field.Key == field.Value ? field.Key : $"{field.Key}: {field.Value}"));

    /// <summary>By name, with what follows it.</summary>
    public static IReadOnlyDictionary<string, string> Fields(Journey journey, Step step)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (step)
        {
            case WaitStep wait:
                fields["wait"] = wait.Until.ToString();
                break;
            case WaitForStep wait:
                fields["waitFor"] = $"{wait.On}{(wait.Of is { } of ? $" of {of}" : "")}{(wait.When is { } when ? $" when {when}" : "")}";
                fields["upTo"] = wait.UpTo.ToString();
                fields["otherwise"] = StepGraph.Name(journey, wait.Otherwise);
                break;
            case ChooseStep choose:
                fields["choose"] = string.Join("; ", choose.Branches.Select(branch => $"{branch.When?.ToString() ?? "otherwise"} → {StepGraph.Name(journey, branch.Target)}"));
                break;
            case SendStep send:
                Send(fields, send);
                break;
            case OpenCaseStep open:
                fields["openCase"] = open.Kind;
                fields["due"] = open.Due.ToString();
                if (open.Owner is { } owner)
                    fields["owner"] = owner;
                break;
            case UpdateCustomerStep update:
                fields["updateCustomer"] = Values(update.Set);
                break;
            case EmitStep emit:
                fields["emit"] = emit.Type;
                if (emit.Data.Count > 0)
                    fields["data"] = Values(emit.Data);
                break;
            case SplitStep split:
                fields["split"] = string.Join("; ", split.Variants.Select(variant => $"{variant.Name} {variant.Weight} → {StepGraph.Name(journey, variant.Target)}"));
                fields["holdOut"] = split.HoldOut.ToString(CultureInfo.InvariantCulture);
                fields["watch"] = split.Watch.ToString();
                if (split.Winner is { } winner)
                    fields["winner"] = string.Create(CultureInfo.InvariantCulture, $"{winner.Metric}, {winner.MinimumSample}, {winner.Confidence}, {winner.Then}");
                break;
            case ExitStep exit:
                fields["exit"] = exit.Reason.Length > 0 ? exit.Reason : "exit";
                return fields;
            default:
                fields[Kind(step)] = Unlisted(journey, step);
                break;
        }

        fields[Next] = StepGraph.Name(journey, step.Next);
        return fields;
    }

    private static void Send(Dictionary<string, string> fields, SendStep send)
    {
        fields["send"] = send.Message;
        fields["via"] = string.Join(", ", send.Via.Select(channel => ValueReader.Words<Channel>()[(int)channel]));
        if (send.Survey is { } survey)
            fields["survey"] = survey;
        if (send.Purpose is { } purpose)
            fields["purpose"] = Lower(purpose.ToString());
        if (send.ExpiresAfter is { } expires)
            fields["expires"] = expires.ToString();
        if (send.SendIn is { } hours)
            fields["sendIn"] = $"business hours in {hours}";
    }

    // A kind of step that has no words here is compared by all that it has; where it leads is told by the steps' ids.
    private static string Unlisted(Journey journey, Step step)
    {
        var values = step.GetType().GetProperties()
            .Where(property => property.Name is not (nameof(Step.Id) or nameof(Step.Next) or nameof(Step.Line) or "EqualityContract"))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{Lower(property.Name)} {Value(property.GetValue(step))}");
        return $"{string.Join(", ", values)}; leads to {string.Join(", ", StepGraph.Successors(journey, step).Select(index => StepGraph.Name(journey, index)))}";
    }

    private static string Value(object? value) => value switch
    {
        null => "nothing",
        string text => text,
        System.Collections.IEnumerable items => string.Join(" | ", items.Cast<object?>().Select(Value)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Values(IReadOnlyDictionary<string, Condition> values) => string.Join(", ", values.Select(pair => $"{pair.Key} = {pair.Value}"));

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
