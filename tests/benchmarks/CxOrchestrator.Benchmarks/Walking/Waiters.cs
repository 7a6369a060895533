using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>Customers who have begun a journey, as many as one likes.</summary>
internal static class Waiters
{
    private const int Page = 1_000;

    private static readonly string[] Zones = ["Europe/Berlin", "Europe/London", "Europe/Helsinki"];

    /// <summary>What a walk keeps when it begins, as it is stored.</summary>
    public static string FirstContext { get; } = "{\"event\":" + Order(1).GetRawText() + ",\"visits\":{},\"deliveries\":{}}";

    /// <summary>Stores customers of a journey, who are due at a time.</summary>
    public static async Task StoreAsync(IServiceProvider services, WalkMix mix, int count, DateTimeOffset due)
    {
        var journey = services.GetRequiredService<IPublishedContent>().Journeys[mix.Key];
        for (var done = 0; done < count; done += Page)
        {
            var numbers = Enumerable.Range(done, Math.Min(Page, count - done)).ToList();
            var added = await services.GetRequiredService<ICustomerStore>().UpsertAsync([.. numbers.Select(number => Draft(mix, number))], due, CancellationToken.None);
            var enrolments = added.Zip(numbers, (one, number) => new Enrol(
                new Enrolment
                {
                    Id = Ids.New(due), CustomerId = one.Id, Journey = journey.Key, Version = journey.Version, EntryKey = "once", Lane = Lane.Service,
                    StepId = journey.Steps[0].Id, DueAt = due, StartedAt = due, Context = new EnrolmentContext { Event = Order(number) }, Reason = "began",
                },
                null));
            await services.GetRequiredService<IWork>().CommitAsync(new Effects { Enrolments = [.. enrolments] }, CancellationToken.None);
        }
    }

    private static CustomerDraft Draft(WalkMix mix, int number) => new(
        [new ExternalId("shop", $"{mix.Key}-{number}")], $"Anna Example-{number}", "Anna", "en", Zones[number % Zones.Length],
        [new ContactPoint(Channel.Email, $"{mix.Key}-{number}@customers.example")],
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
