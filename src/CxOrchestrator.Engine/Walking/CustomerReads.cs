using System.Runtime.CompilerServices;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Walking;

/// <summary>What of a customer a journey's expressions read: what none reads needn't be loaded for thousands at a time.</summary>
internal static class CustomerReads
{
    // Members of customer that stand in their row; see TemplateModels.
    private static readonly HashSet<string> OfRow = new(StringComparer.Ordinal) { "id", "name", "given_name", "locale", "language", "time_zone" };

    // Journeys are immutable and kept for as long as somebody walks them.
    private static readonly ConditionalWeakTable<Journey, StrongBox<CustomerParts>> Known = [];

    /// <summary>What the walk of a journey reads.</summary>
    public static CustomerParts Of(Journey journey) =>
        Known.GetValue(journey, static one => new StrongBox<CustomerParts>(Of(one.Steps.SelectMany(Conditions)) | Changed(one))).Value;

    /// <summary>What expressions read.</summary>
    public static CustomerParts Of(IEnumerable<Condition?> conditions) =>
        conditions.OfType<Condition>().Aggregate(CustomerParts.Row, (parts, condition) => parts | Of(condition));

    // What a step changes is compared with what stands.
    private static CustomerParts Changed(Journey journey) =>
        journey.Steps.Any(step => step is UpdateCustomerStep) ? CustomerParts.Attributes : CustomerParts.Row;

    // What is reached through the model as a whole, or named by a text that is evaluated, isn't among the variables.
    private static CustomerParts Of(Condition condition) =>
        condition.Source.Contains("this", StringComparison.Ordinal) || condition.Source.Contains("eval", StringComparison.Ordinal)
            ? CustomerParts.All
            : condition.Expression.Variables.Aggregate(CustomerParts.Row, (parts, use) => parts | Of(use.Path));

    private static IEnumerable<Condition?> Conditions(Step step) => step switch
    {
        WaitForStep wait => [wait.When],
        ChooseStep choose => choose.Branches.Select(branch => branch.When),
        UpdateCustomerStep update => update.Set.Values,
        EmitStep emit => emit.Data.Values,
        RepeatStep repeat => [repeat.Until],
        _ => [],
    };

    private static CustomerParts Of(string path)
    {
        var names = path.Split('.', 3);
        return names[0] switch
        {
            "event" or "answer" or "journey" => CustomerParts.Row,
            // Whatever else reads the model by another way may read all of it.
            not "customer" => CustomerParts.All,
            _ when names.Length == 1 => CustomerParts.All,
            _ when OfRow.Contains(names[1]) => CustomerParts.Row,
            _ when names[1] is "email" or "phone" => CustomerParts.Addresses,
            _ => CustomerParts.Attributes,
        };
    }
}
