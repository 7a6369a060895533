using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>Explains as a test tells it, and keeps what it was asked.</summary>
internal sealed class FakeExplainer : IExplainer
{
    public List<(Guid Customer, string Journey, EventName? About)> Asked { get; } = [];

    public Func<Explanation, Explanation> On { get; set; } = told => told;

    public Task<Explanation> ExplainAsync(Customer customer, string journey, EventName? about, CancellationToken cancellation)
    {
        Asked.Add((customer.Id, journey, about));
        return Task.FromResult(On(new Explanation
        {
            CustomerId = customer.Id, Journey = journey, Version = 2, Outcome = ChainOutcome.Waiting, Reason = "waits", Sentence = "Anna waits.", Sections = [],
        }));
    }
}
