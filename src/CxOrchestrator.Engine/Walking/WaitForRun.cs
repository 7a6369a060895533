using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Times;
using CxOrchestrator.Engine.Triggers;

namespace CxOrchestrator.Engine.Walking;

/// <summary>
/// Waits for an event. The time to wait for what a delivery brings runs from its acceptance, so that a mail server's bad day takes nothing
/// from the customer's time to answer; a delivery that will never be sent ends the wait.
/// </summary>
internal sealed class WaitForRun(WalkFacts facts, CustomerTime time)
{
    // How soon a delivery that is still to be sent is looked at again. The dispatcher wakes the wait where a delivery ends unsent; this is for
    // the case that the two met in the same moment.
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    public async Task<StepOutcome> RunAsync(Walk walk, WaitForStep step, CancellationToken cancellation)
    {
        var delivery = await DeliveryOfAsync(walk, step, cancellation);
        if (step.Of is not null && delivery is null)
            return new StepOutcome.Go(step.Otherwise, $"step {step.Of} has sent nothing to wait for");

        Guid? waitsOn = delivery is null ? null
            : step.On == EventTypes.SurveyAnswered ? await facts.CarrierAsync(walk, delivery, cancellation) : delivery.Id;
        if (await facts.ArrivedAsync(walk, step.On, waitsOn, cancellation) is { } fact && Holds(walk, step, fact))
        {
            walk.Take(fact);
            return new StepOutcome.Go(step.Next, $"{fact.Type} had arrived");
        }

        return delivery is null ? WaitByTheClock(walk, step) : WaitOnDelivery(walk, step, delivery, waitsOn);
    }

    private async Task<Delivery?> DeliveryOfAsync(Walk walk, WaitForStep step, CancellationToken cancellation) =>
        step.Of is { } of && walk.Context.Deliveries.TryGetValue(of, out var id) ? await facts.DeliveryAsync(walk, id, cancellation) : null;

    private StepOutcome WaitByTheClock(Walk walk, WaitForStep step)
    {
        var until = walk.Enrolment.Entered && walk.Enrolment.DueAt is { } due ? due : time.Resolve(step.UpTo, walk.Now, walk.Person);
        return until <= walk.Now
            ? new StepOutcome.Go(step.Otherwise, $"no {step.On} by {until:u}")
            : new StepOutcome.Stay(until, $"waits for {step.On} until {until:u}{time.Said(step.UpTo, until)}", step.On);
    }

    private StepOutcome WaitOnDelivery(Walk walk, WaitForStep step, Delivery delivery, Guid? waitsOn)
    {
        switch (delivery.State)
        {
            case DeliveryState.Suppressed or DeliveryState.Expired or DeliveryState.Rejected:
                return new StepOutcome.Go(step.Otherwise, $"{delivery.Message} was not sent ({delivery.State}): {delivery.Reason}");

            // The service had it and could not bring it.
            case DeliveryState.Accepted when delivery.Engagement == Engagement.Failed:
                return new StepOutcome.Go(step.Otherwise, $"{delivery.Message} did not arrive");

            // Unknown may have been sent: the customer gets the time to answer, and the journey goes on.
            case DeliveryState.Accepted or DeliveryState.Unknown:
                var until = time.Resolve(step.UpTo, delivery.ChangedAt, walk.Person);
                return until <= walk.Now
                    ? new StepOutcome.Go(step.Otherwise, $"no {step.On} by {until:u}")
                    : new StepOutcome.Stay(until, $"waits for {step.On} until {until:u}{time.Said(step.UpTo, until)}", step.On, waitsOn);

            default:
                var earliest = time.Resolve(step.UpTo, walk.Now, walk.Person);
                var look = walk.Now + LookAgain;
                return new StepOutcome.Stay(
                    look < earliest ? look : earliest, $"waits for {step.On}; {delivery.Message} is not sent yet", step.On, waitsOn);
        }
    }

    private static bool Holds(Walk walk, WaitForStep step, CustomerEvent fact) =>
        step.When is null || step.When.Holds(EventModel.Of(fact, walk.Customer, walk.Context, walk.Journey), out _);
}
