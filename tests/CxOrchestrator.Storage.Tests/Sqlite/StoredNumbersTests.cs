using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Storage.Tests.Sqlite;

/// <summary>
/// Enums stand in the database as their numbers, and some SQL names the numbers. A new member goes to the end; where one of these fails,
/// a database that exists would be read wrongly.
/// </summary>
public sealed class StoredNumbersTests
{
    [Theory]
    [InlineData(typeof(Channel), "Email Sms")]
    [InlineData(typeof(Purpose), "Service Feedback Marketing")]
    [InlineData(typeof(ConsentState), "Unknown Given Withdrawn")]
    [InlineData(typeof(EventOutcome), "Enrolled ConditionFalse ReentryRefused UnknownCustomer TooOld NoJourney Woke Exited GoalReached")]
    [InlineData(typeof(EnrolmentState), "Active Completed Exited Failed")]
    [InlineData(typeof(Lane), "Service Personal Bulk")]
    [InlineData(typeof(DeliveryState), "Planned Claimed HandedOver Accepted Rejected Deferred Unknown Suppressed Expired")]
    [InlineData(typeof(CaseState), "Opening Open Solved Refused")]
    [InlineData(typeof(WriteBackState), "Waiting Written Dead Discarded")]
    [InlineData(typeof(ErrandState), "Waiting Done Dead Discarded")]
    [InlineData(typeof(CrmChangeKind), "Message Answer Score Case Fields Consent")]
    [InlineData(typeof(ContentKind), "Journey Message Survey")]
    [InlineData(typeof(PublicationKind), "Publish Rollback")]
    [InlineData(typeof(JourneyStanding), "Live Paused Draining Stopped")]
    [InlineData(typeof(PersonOutcome), "Pending Moved Left WentOn Ended PutBack Acted Withdrawn")]
    [InlineData(typeof(ConnectionState), "Discovered Incompatible Disabled Misconfigured Ready Degraded Quarantined")]
    public void A_stored_number_never_changes_its_meaning(Type type, string inOrder)
    {
        Assert.Equal(typeof(int), Enum.GetUnderlyingType(type));
        Assert.Equal(inOrder.Split(' ').Select((name, number) => (name, number)), Enum.GetValues(type).Cast<object>().Select(value => ($"{value}", (int)value)));
    }
}
