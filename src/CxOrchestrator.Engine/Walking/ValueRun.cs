using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Walking;

/// <summary>The steps whose values are expressions: they set attributes of the customer, or tell an event.</summary>
internal static class ValueRun
{
    /// <summary>Sets attributes here, and owes them to the CRM.</summary>
    public static StepOutcome Update(Walk walk, UpdateCustomerStep step)
    {
        var occurrence = walk.Visit(step);
        if (Evaluate(walk, step.Set, out var values) is { } fault)
            return StepOutcome.Fails(step.Id, fault);
        var json = Json.OfMap(values);
        walk.Effects.Attributes.Add(new AttributeChange(walk.Person.Id, json, walk.Now) { EnrolmentId = walk.Enrolment.Id, Known = walk.Person.Attributes });
        walk.Effects.WriteBacks.Add(new WriteBack
        {
            Id = Ids.New(walk.Now),
            CustomerId = walk.Person.Id,
            EnrolmentId = walk.Enrolment.Id,
            Key = $"fields/{walk.Enrolment.Id:N}/{step.Id}/{occurrence}",
            Kind = CrmChangeKind.Fields,
            Title = $"{string.Join(", ", values.Keys)} set by {walk.Journey.Key}",
            Values = json,
            At = walk.Now,
            DueAt = walk.Now,
        });
        walk.Merge(values);
        return new StepOutcome.Go(step.Next) { Did = $"set {string.Join(", ", values.Keys)}" };
    }

    /// <summary>Tells an event of our own; its id says which visit of which step told it, so that telling it again tells nothing new.</summary>
    public static StepOutcome Emit(Walk walk, EmitStep step)
    {
        var occurrence = walk.Visit(step);
        if (Evaluate(walk, step.Data, out var values) is { } fault)
            return StepOutcome.Fails(step.Id, fault);
        walk.Effects.Events.Add(new CustomerEvent
        {
            Id = Ids.New(walk.Now),
            Source = EventTypes.OwnSource,
            SourceId = $"emit/{walk.Enrolment.Id:N}/{step.Id}/{occurrence}",
            Type = step.Type,
            Subject = walk.Person.Id.ToString("N"),
            CustomerId = walk.Person.Id,
            EnrolmentId = walk.Enrolment.Id,
            Time = walk.Now,
            ReceivedAt = walk.Now,
            Data = Json.OfMap(values),
        });
        return new StepOutcome.Go(step.Next) { Did = $"told {step.Type}" };
    }

    private static string? Evaluate(
        Walk walk, IReadOnlyDictionary<string, Condition> expressions, out Dictionary<string, object?> values)
    {
        values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var model = walk.Model();
        foreach (var (name, expression) in expressions)
        {
            values[name] = expression.Value(model, out var error);
            if (error is not null)
                return $"{name} = {expression.Source} could not be evaluated: {error}";
            if (values[name] is double.NaN or double.PositiveInfinity or double.NegativeInfinity)
                return $"{name} = {expression.Source} is not a number that can be stored";
        }

        return null;
    }
}
