using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.SampleShop;

/// <summary>The shop's customers, in zones whose clocks change, and what happens to them: always the same for the same number.</summary>
public static class ShopCrowd
{
    private const int Batch = 1_000;

    private static readonly string[] Zones =
        ["America/New_York", "Europe/London", "Asia/Tehran", "Asia/Bangkok", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "America/Sao_Paulo"];

    /// <summary>What the shop takes of their attention: two messages of feedback and marketing in a week.</summary>
    public static AttentionBudget Attention { get; } = new([new AttentionLimit(2, TimeSpan.FromDays(7))], [Purpose.Feedback, Purpose.Marketing]);

    /// <summary>How they answer: four of ten, within minutes or after a week, and three of a hundred leave.</summary>
    public static AnswerRates Rates { get; } = new(
        new Dictionary<string, SurveyRates>
        {
            ["nps"] = new(0.4, new Dictionary<int, double> { [1] = 2, [5] = 1, [8] = 3, [10] = 4 }, [TimeSpan.FromMinutes(3), TimeSpan.FromHours(9), TimeSpan.FromDays(8)]),
        },
        0.03);

    /// <summary>
    /// Adds so many customers: some without an address, two of three with consent for marketing, some who withdrew it for feedback. Gives the ids in the CRM of
    /// those in the segment, a tenth.
    /// </summary>
    /// <param name="customers">Where they are kept.</param>
    /// <param name="consents">Where their consent is kept.</param>
    /// <param name="crm">The name of the connection to the CRM.</param>
    /// <param name="count">How many.</param>
    /// <param name="now">When.</param>
    public static async Task<IReadOnlyList<string>> AddAsync(ICustomerStore customers, IConsentStore consents, string crm, int count, DateTimeOffset now)
    {
        var random = new Random(7);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(Batch))
        {
            var added = await customers.UpsertAsync([.. numbers.Select(number => Draft(number, crm, random))], now, CancellationToken.None);
            var given = added.Where((_, place) => place % 3 > 0).SelectMany(one => new[] { Given(one.Id, Channel.Email, now), Given(one.Id, Channel.Sms, now) });
            var withdrawn = added.Where((_, place) => place % 23 == 0)
                .Select(one => Given(one.Id, Channel.Email, now) with { Purpose = Purpose.Feedback, State = ConsentState.Withdrawn });
            await consents.RecordAsync([.. given, .. withdrawn], CancellationToken.None);
        }

        return [.. Enumerable.Range(0, count).Where(IsGold).Select(Name)];
    }

    /// <summary>What happens to them in so many days, in order of time.</summary>
    public static IReadOnlyList<IncomingEvent> Events(int count, DateTimeOffset from, int days)
    {
        var random = new Random(11);
        var events = new List<IncomingEvent>();
        for (var number = 0; number < count; number++)
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

    private static CustomerDraft Draft(int number, string crm, Random random)
    {
        List<ContactPoint> points = [];
        if (random.Next(100) < 85)
            points.Add(new ContactPoint(Channel.Email, $"{Name(number)}@example.test"));
        if (random.Next(100) < 60)
            points.Add(new ContactPoint(Channel.Sms, string.Create(CultureInfo.InvariantCulture, $"+4477{number:D8}")));
        List<ExternalId> ids = [new("shop", Name(number))];
        if (IsGold(number))
            ids.Add(new ExternalId(crm, Name(number)));
        return new CustomerDraft(ids, string.Create(CultureInfo.InvariantCulture, $"Person {number}"), "Person", "en", Zones[number % Zones.Length], points, Json.EmptyObject);
    }

    private static ConsentRecord Given(Guid customer, Channel channel, DateTimeOffset now) =>
        new(customer, channel, Purpose.Marketing, ConsentState.Given, "customer", "import", now.AddDays(-1));

    private static bool IsGold(int number) => number % 10 == 0;

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number:D5}");
}
