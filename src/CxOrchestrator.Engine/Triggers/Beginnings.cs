using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Triggers;

/// <summary>Makes enrolments that stand before the first step.</summary>
public static class Beginnings
{
    /// <summary>An enrolment that is due at once. What a schedule begins is for many, whatever it is for: an event is about one person.</summary>
    public static Enrolment Of(Journey journey, Customer customer, EntrySlot slot, EnrolmentContext context, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        CustomerId = customer.Id,
        Journey = journey.Key,
        Version = journey.Version,
        EntryKey = slot.Key,
        Lane = journey.Trigger is ScheduleTrigger ? Lane.Bulk : journey.Purpose == Purpose.Service ? Lane.Service : Lane.Personal,
        StepId = journey.Steps.Count > 0 ? journey.Steps[0].Id : "",
        DueAt = now,
        Context = context,
        StartedAt = now,
        Reason = "begins",
    };
}
