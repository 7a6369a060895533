using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Simulating;

/// <summary>A shop with five journeys that compete, customers in zones whose clocks change, and events: always the same for the same number of customers.</summary>
public static class SampleShop
{
    public const string Segment = "gold";

    private static readonly string[] Zones =
        ["America/New_York", "Europe/London", "Asia/Tehran", "Asia/Bangkok", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "America/Sao_Paulo"];

    /// <summary>The journeys' files.</summary>
    public static IReadOnlyList<string> Journeys { get; } =
    [
        // An order: asked after three days, reminded where nobody answered; two orders of one customer are two walks.
        Words.Journey("delivered", """
            - wait: 3d
            - { send: ask, id: invite, survey: nps, via: [ email, sms ] }
            - waitFor: { on: survey.answered, of: invite, upTo: 5d }
              otherwise:
                - { send: ask, id: remind, survey: nps, via: [ email ] }
                - waitFor: { on: survey.answered, of: invite, upTo: 20d }
                  otherwise: [ { exit: no answer } ]
            - choose:
                - when: answer.score <= 6
                  steps: [ { openCase: detractor, due: 1 business day }, { send: hello, id: sorry } ]
                - when: answer.score >= 9
                  steps: [ { send: hello, id: thanks, via: [ sms, email ] } ]
            """, more: "reentry: { per: event.data.order }\nexit: [ { on: order.returned } ]", purpose: "feedback"),
        // Every Monday, to a segment of the CRM.
        Words.Journey("digest", "- { send: hello, id: letter }", trigger: "{ cron: \"0 0 9 ? * MON\", zone: Europe/London, segment: gold }", more: "reentry: always", purpose: "marketing"),
        // Somebody new: variants, and some who get nothing.
        Words.Journey("welcome", """
            - split: opening
              variants:
                - { variant: short, weight: 50, steps: [ { send: hello, id: short } ] }
                - { variant: long, weight: 50, steps: [ { wait: 2 hours }, { send: hello, id: long, via: [ sms, email ] } ] }
              holdOut: 10%
            - wait: next business day 09:00 in the customer's zone
            - { send: hello, id: again }
            """, trigger: "{ on: customer.joined }", more: "reentry: once\ngoal: { on: order.placed }", purpose: "marketing"),
        // A ticket: asked two hours later, once a month at most.
        Words.Journey("care", """
            - wait: 2 hours
            - { send: ask, id: ask, survey: nps, via: [ sms, email ] }
            - waitFor: { on: survey.answered, of: ask, upTo: 14d }
              otherwise: [ { exit: no answer } ]
            - choose:
                - when: answer.score <= 2
                  steps: [ { openCase: unsolved, due: 1 business day } ]
            """, trigger: "{ on: ticket.solved, when: event.data.minutes >= 10 }", more: "reentry: { every: 30d }", purpose: "feedback"),
        // What was bought is told whatever the hour, and told again until somebody has bought more.
        Words.Journey("care-plan", """
            - repeat: 3
              steps:
                - { send: hello, id: tell, via: [ email, sms ] }
                - waitFor: { on: order.placed, upTo: 7d }
            - { emit: plan.told, data: { rounds: "3" } }
            """, trigger: "{ on: order.placed, when: event.data.total >= 80 }", more: "reentry: { every: 60d }"),
    ];

    /// <summary>The types of event that sources tell.</summary>
    public static IReadOnlyList<string> Types { get; } = ["order.delivered", "order.returned", "order.placed", "ticket.solved", "customer.joined", "plan.told"];

    /// <summary>So many customers: some without an address, some without consent.</summary>
    public static async Task<IReadOnlyList<string>> AddAsync(World world, int customers)
    {
        var random = new Random(7);
        List<string> gold = [];
        foreach (var numbers in Enumerable.Range(0, customers).Chunk(1_000))
        {
            var drafts = numbers.Select(number =>
            {
                List<ContactPoint> points = [];
                if (random.Next(100) < 85)
                    points.Add(new ContactPoint(Channel.Email, $"{Name(number)}@example.test"));
                if (random.Next(100) < 60)
                    points.Add(new ContactPoint(Channel.Sms, $"+4477{number:D8}"));
                List<ExternalId> ids = [new("shop", Name(number))];
                if (number % 10 == 0)
                    ids.Add(new ExternalId(FakeConnections.Name, Name(number)));
                return new CustomerDraft(ids, $"Person {number}", "Person", "en", Zones[number % Zones.Length], points, Json.EmptyObject);
            }).ToList();
            gold.AddRange(numbers.Where(number => number % 10 == 0).Select(Name));
            var added = await world.Get<ICustomerStore>().UpsertAsync(drafts, world.Now, CancellationToken.None);
            var given = added.Where((_, place) => place % 3 > 0).SelectMany(one => new[] { Given(one.Id, Channel.Email), Given(one.Id, Channel.Sms) });
            var withdrawn = added.Where((_, place) => place % 23 == 0).Select(one => Given(one.Id, Channel.Email) with { Purpose = Purpose.Feedback, State = ConsentState.Withdrawn });
            await world.Get<IConsentStore>().RecordAsync([.. given, .. withdrawn], CancellationToken.None);
        }

        return gold;

        ConsentRecord Given(Guid customer, Channel channel) =>
            new(customer, channel, Purpose.Marketing, ConsentState.Given, "customer", "import", world.Now.AddDays(-1));
    }

    /// <summary>What happens to them in so many days.</summary>
    public static IReadOnlyList<IncomingEvent> Events(int customers, DateTimeOffset from, int days)
    {
        var random = new Random(11);
        var events = new List<IncomingEvent>();
        for (var number = 0; number < customers; number++)
        {
            if (random.Next(100) < 40)
                Tell("customer.joined", number, Some(), new { });
            for (var order = random.Next(3); order > 0; order--)
            {
                var (placed, total, name) = (Some(), random.Next(10, 150), $"O{number}-{order}");
                Tell("order.placed", number, placed, new { order = name, total });
                Tell("order.delivered", number, placed.AddHours(24 + random.Next(96)), new { order = name, total });
                if (random.Next(100) < 6)
                    Tell("order.returned", number, placed.AddHours(130 + random.Next(96)), new { order = name });
            }

            for (var ticket = random.Next(3); ticket > 0; ticket--)
                Tell("ticket.solved", number, Some(), new { minutes = random.Next(1, 400) });
        }

        return [.. events.Where(one => one.Time < from.AddDays(days)).OrderBy(one => one.Time).ThenBy(one => one.SourceId, StringComparer.Ordinal)];

        DateTimeOffset Some() => from.AddSeconds(random.Next(days * 86_400));

        void Tell(string type, int number, DateTimeOffset at, object data) => events.Add(new IncomingEvent(
            "shop", string.Create(CultureInfo.InvariantCulture, $"e{events.Count}"), type, Name(number), at, JsonSerializer.SerializeToElement(data)));
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number:D5}");
}
