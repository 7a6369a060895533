using System.Globalization;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>The re-entry slot that a beginning takes.</summary>
/// <param name="Key">The slot's key; empty where there is none.</param>
/// <param name="FreeAgain">From when the slot is free again; null for never.</param>
/// <param name="Fault">Why there is no slot, or null.</param>
public sealed record EntrySlot(string Key, DateTimeOffset? FreeAgain, string? Fault = null);

/// <summary>Turns a re-entry rule into the slot whose constraint in the store keeps it.</summary>
public sealed class EntryRule(CustomerTime time)
{
    private const int LongestValue = 200;

    /// <summary>The slot for a beginning.</summary>
    /// <param name="rule">The journey's rule.</param>
    /// <param name="occasion">What makes each beginning another one under <c>always</c>: the event's key, or the run's time.</param>
    /// <param name="customer">Who begins.</param>
    /// <param name="model">What the rule's expression sees.</param>
    /// <param name="now">When they begin.</param>
    public EntrySlot SlotOf(
        Reentry rule, string occasion, Customer customer, IReadOnlyDictionary<string, object?> model, DateTimeOffset now) => rule switch
        {
            Reentry.Once => new EntrySlot("once", null),
            Reentry.Every every => new EntrySlot("every", time.Add(every.Pause, now, customer)),
            Reentry.Always => new EntrySlot(occasion, null),
            Reentry.Per per => Per(per.Value, model),
            _ => throw new InvalidOperationException($"The re-entry rule {rule} is not known to the engine."),
        };

    private static EntrySlot Per(Condition expression, IReadOnlyDictionary<string, object?> model)
    {
        var value = expression.Value(model, out var error);
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        if (error is not null)
            return new EntrySlot("", null, $"the re-entry value {expression.Source} could not be evaluated: {error}");
        if (string.IsNullOrWhiteSpace(text))
            return new EntrySlot("", null, $"the re-entry value {expression.Source} is empty");
        return text.Length > LongestValue
            ? new EntrySlot("", null, $"the re-entry value {expression.Source} has {text.Length} characters; at most {LongestValue} are taken")
            : new EntrySlot("per/" + text, null);
    }
}
