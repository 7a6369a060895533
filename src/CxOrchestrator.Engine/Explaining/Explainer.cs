using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Schedules;

namespace CxOrchestrator.Engine.Explaining;

/// <inheritdoc cref="IExplainer"/>
internal sealed class Explainer(
    IExplainStore store, IAttentionStore attention, IPublishedContent content, IMarkStore marks, IJourneyStateStore states, CoreSettings settings, Clocks clocks) : IExplainer
{
    /// <inheritdoc/>
    public async Task<Explanation> ExplainAsync(Customer customer, string journey, EventName? about, CancellationToken cancellation)
    {
        await content.RefreshAsync(cancellation);
        var inForce = content.Journeys.GetValueOrDefault(journey);
        var facts = await store.ReadAsync(new ExplainQuery(customer, journey, about), cancellation);
        return Tell(new Chain
        {
            Customer = customer,
            Key = journey,
            InForce = inForce,
            Facts = facts,
            About = about,
            Schedule = inForce?.Trigger is ScheduleTrigger trigger ? CampaignMark.Read(await marks.ReadAsync(CampaignMark.NameOf(inForce), cancellation), trigger) : null,
            State = (await states.AllAsync(cancellation)).FirstOrDefault(state => state.Journey == journey),
            Budget = settings.Attention,
            Attention = await AttentionAsync(customer, cancellation),
            Now = clocks.Now,
        });
    }

    private async Task<CustomerAttention> AttentionAsync(Customer customer, CancellationToken cancellation) => settings.Attention.Limits.Count == 0
        ? CustomerAttention.Nothing
        : (await attention.ReadAsync([customer.Id], settings.Attention, clocks.Now, cancellation)).GetValueOrDefault(customer.Id) ?? CustomerAttention.Nothing;

    private Explanation Tell(Chain chain)
    {
        var walks = chain.Walks;
        var newest = walks.Count > 0 ? walks[0] : null;
        var ending = newest is not null ? WalkEnd.Of(newest, chain.DeliveriesOf(newest), chain.State, chain.Now)
            : chain.InForce is { } journey ? NoWalkEnd.Of(chain, journey)
            : new Ending(ChainOutcome.JourneyUnknown, $"no journey {chain.Key} is published{Instead(chain.Key)}");
        var sections = new List<ExplainedSection>();
        if (chain.InForce is { } told)
            sections.Add(JourneyTelling.Of(chain, told));
        if (chain.InForce is not null || newest is not null)
            sections.Add(EventTelling.Of(chain));
        sections.AddRange(walks.Reverse().Select(walk => WalkTelling.Of(chain, walk)));
        return new Explanation
        {
            CustomerId = chain.Customer.Id,
            Journey = chain.Key,
            Version = newest?.Version ?? chain.InForce?.Version,
            Outcome = ending.Outcome,
            Reason = ending.Reason,
            Until = ending.Until,
            Sentence = newest is not null ? Sentence.Of(chain, newest, ending) : Sentence.Of(chain, ending),
            Sections = sections,
        };
    }

    private string Instead(string key) => content.Journeys.Count == 0 ? "; none is"
        : Nearest.Hint(key, content.Journeys.Keys) is { Length: > 0 } hint ? $".{hint}"
        : $"; there are {string.Join(", ", content.Journeys.Keys.Order(StringComparer.Ordinal).Take(10))}";
}
