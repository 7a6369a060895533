using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>Customers with consent, each with an enrolment that stands before a message.</summary>
internal static class Crowd
{
    private const int Page = 1_000;

    private static readonly string[] Zones = ["Europe/Berlin", "Europe/London", "Europe/Helsinki"];

    private static readonly string[] Names = ["Anna", "Björn", "Chloé", "Dmitri", "Eleni", "Fatima", "Guðrún", "Hannah"];

    /// <summary>Stores so many, whose enrolments in a journey are due at a time.</summary>
    public static async Task StoreAsync(IServiceProvider services, int first, int count, DateTimeOffset due, Action<double> tell, string key = Mailing.Journey)
    {
        var journey = services.GetRequiredService<IPublishedContent>().Journeys[key];
        for (var done = 0; done < count; done += Page)
        {
            var numbers = Enumerable.Range(first + done, Math.Min(Page, count - done)).ToList();
            var now = services.GetRequiredService<Clocks>().Now;
            var added = await services.GetRequiredService<ICustomerStore>().UpsertAsync([.. numbers.Select(number => Draft(number, key == Mailing.Texting))], now, CancellationToken.None);
            await services.GetRequiredService<IConsentStore>().RecordAsync(
                [.. added.Select(one => new ConsentRecord(one.Id, Channel.Email, Purpose.Marketing, ConsentState.Given, "shop", "asked for the newsletter", now))],
                CancellationToken.None);
            var enrolments = added.Zip(numbers, (one, number) => new Enrol(
                new Enrolment
                {
                    Id = Ids.New(now), CustomerId = one.Id, Journey = journey.Key, Version = journey.Version, EntryKey = "once", StepId = journey.Steps[0].Id,
                    DueAt = due, StartedAt = now, Context = new EnrolmentContext { Event = Order(number) }, Reason = "began",
                },
                null));
            await services.GetRequiredService<IWork>().CommitAsync(new Effects { Enrolments = [.. enrolments] }, CancellationToken.None);
            tell(Math.Min(1, (done + Page) / (double)count));
        }
    }

    private static CustomerDraft Draft(int number, bool hasPhone) => new(
        [new ExternalId("shop", $"c{number}")], $"{Names[number % Names.Length]} Example-{number}", Names[number % Names.Length], "en", Zones[number % Zones.Length],
        [hasPhone ? new ContactPoint(Channel.Sms, $"+4917{number:00000000}") : new ContactPoint(Channel.Email, $"c{number}@customers.example")],
        JsonSerializer.SerializeToElement(new { tier = number % 3 == 0 ? "gold" : "blue", points = number % 5_000, city = "Örebro" }));

    private static JsonElement Order(int number) => JsonSerializer.SerializeToElement(new
    {
        type = "order.delivered",
        time = "2026-11-20T10:00:00Z",
        data = new
        {
            order = $"A-{number}",
            total = (number % 300) + 0.90m,
            items = new[] { new { name = "Kettle", price = 39.9m }, new { name = "Cup <blue>", price = 9.5m }, new { name = "Tea & honey", price = 12m } },
        },
    });
}
