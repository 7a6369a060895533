using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>
/// What people say to the services themselves: STOP, START, "this is spam". Consent is withdrawn or given on that channel for feedback and marketing, for
/// everybody who has the address, in the customer's name, and told to the CRM. STOP by SMS also takes the number out of use, as the carriers do, until
/// START; a complaint takes the address out of use for good. What somebody said later, here or there, stands whatever arrives after it. START takes back
/// what was said to the service; it agrees to no advertising that nobody had asked about, nor to what was refused elsewhere: carriers take a YES for it.
/// </summary>
internal static class ContactFacts
{
    private const string OptedOut = "opted out";
    private const string OptedIn = "opted in";
    private const string Complained = "complained";

    private static readonly Purpose[] Purposes = [Purpose.Feedback, Purpose.Marketing];

    /// <summary>Whether the fact is one of these.</summary>
    public static bool IsOne(CustomerEvent fact) =>
        fact.Type is ServiceFacts.ContactOptedOut or ServiceFacts.ContactOptedIn or ServiceFacts.ContactComplained;

    /// <summary>Adds what it does.</summary>
    public static string Decide(
        CustomerEvent fact, Delivery? delivery, Customer? customer, FactMaterial material, EffectCollector effects, DateTimeOffset now)
    {
        var named = Named(fact, delivery);
        if (ChannelOf(fact, named, delivery) is not { } channel)
            return "neither the channel nor the address is told, so that nothing changes";
        var state = fact.Type == ServiceFacts.ContactOptedIn ? ConsentState.Given : ConsentState.Withdrawn;
        var people = new HashSet<Guid>(named is not null && material.People.TryGetValue(named, out var owners) ? owners : []);
        if (fact.CustomerId is { } id)
            people.Add(id);

        var how = HowOf(fact, channel);
        var overtaken = false;
        foreach (var said in people.SelectMany(_ => Purposes, (person, purpose) => new ConsentRecord(person, channel, purpose, state, "customer", how, fact.Time)))
        {
            var before = Before(said.Purpose);
            overtaken |= before is not null && before.At > fact.Time && before.State != state;
            if (before?.State != state && !(before?.At > fact.Time) && (state == ConsentState.Given ? TakesBack(said, before) : !HasStartedSince()))
                effects.Add(ConsentEffects.Of(said, before, now));

            ConsentRecord? Before(Purpose purpose) => material.Consent.GetValueOrDefault((said.CustomerId, channel, purpose));

            // START is about both, also where it has left no record for one of them.
            bool HasStartedSince() => Purposes.Any(purpose => Before(purpose) is { State: ConsentState.Given } given && given.At > fact.Time && IsBy(OptedIn, given));
        }

        if (overtaken)
            return "the customer has said otherwise since, and that stands";
        var point = named?.Channel == channel ? named : customer?.AddressOn(channel) is { } address ? new ContactPoint(channel, address) : null;
        var words = people.Count == 0 ? "nobody is known by it" : state == ConsentState.Given ? "consent is given" : "consent is withdrawn";
        return $"{words}{Reach(fact, channel, point, how, effects)}";
    }

    private static bool TakesBack(ConsentRecord said, ConsentRecord? before) => before is null
        ? said.Purpose == Purpose.Feedback
        : IsBy(OptedOut, before) || IsBy(Complained, before);

    private static bool IsBy(string what, ConsentRecord said) => said.How.StartsWith(what, StringComparison.Ordinal);

    // A complaint is about the address that the message went to: whoever has one message of ours could have any other named.
    private static ContactPoint? Named(CustomerEvent fact, Delivery? delivery) =>
        fact.Type == ServiceFacts.ContactComplained && delivery is { SentVia: { } via, HandedOverTo: { } to }
            ? new ContactPoint(via, to)
            : AddressText.Any(fact.Text(ConnectorIntake.Address));

    private static string Reach(CustomerEvent fact, Channel channel, ContactPoint? point, string how, EffectCollector effects)
    {
        if (point is null)
            return "";
        switch (fact.Type)
        {
            case ServiceFacts.ContactOptedIn:
                effects.Releases.Add(new Release(point, fact.Time));
                return "";
            case ServiceFacts.ContactComplained:
                effects.Suppressions.Add(new Suppression(point, how, fact.Time));
                return "; the address is not used again";
            case ServiceFacts.ContactOptedOut when channel == Channel.Sms:
                effects.Suppressions.Add(new Suppression(point, how, fact.Time) { ByChoice = true });
                return "; the number is not used until they take it back";
            default:
                return "";
        }
    }

    private static Channel? ChannelOf(CustomerEvent fact, ContactPoint? named, Delivery? delivery) => fact.Text("channel")?.ToLowerInvariant() switch
    {
        "email" => Channel.Email,
        "sms" or "whatsapp" => Channel.Sms,
        _ => named?.Channel ?? delivery?.SentVia,
    };

    private static string HowOf(CustomerEvent fact, Channel channel)
    {
        var what = fact.Type switch
        {
            ServiceFacts.ContactOptedOut => OptedOut,
            ServiceFacts.ContactOptedIn => OptedIn,
            _ => Complained,
        };
        var words = fact.Text("text") is { } text ? $" (\"{text}\")" : "";
        return ReasonText.Of($"{what} by {(channel == Channel.Email ? "e-mail" : "SMS")}{words}, told by {fact.Source}");
    }
}
