using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Host.Demo;

/// <summary>A month of what happens to the demo's customers, in order of time: always the same for the same seed.</summary>
internal static class DemoMonth
{
    private const int Days = 30;

    /// <summary>The events of the month that begins at a time.</summary>
    public static IReadOnlyList<IncomingEvent> Make(int customers, DateTimeOffset begins, int seed)
    {
        var random = new Random(seed);
        var events = new List<IncomingEvent>();
        var order = 0;
        var ticket = 0;
        for (var customer = 1; customer <= customers; customer++)
        {
            var orders = random.Next(100) switch { < 15 => 0, < 75 => 1, < 95 => 2, _ => 3 };
            for (var i = 0; i < orders; i++)
            {
                var at = SomeTime(begins, random);
                var id = $"O-{(++order).ToString("D6", CultureInfo.InvariantCulture)}";
                var total = Math.Round(8 + (random.NextDouble() * random.NextDouble() * 400), 2);
                events.Add(Make("order.delivered", id, customer, at, new { order = id, total }));
                if (random.Next(100) < 5)
                    events.Add(Make("order.returned", id, customer, at.AddDays(1 + (random.NextDouble() * 4)), new { order = id, total }));
            }

            if (random.Next(100) < 12)
            {
                var id = $"T-{(++ticket).ToString("D6", CultureInfo.InvariantCulture)}";
                events.Add(Make("ticket.solved", id, customer, SomeTime(begins, random), new { ticket = id, minutes = random.Next(20, 3_000) }));
            }
        }

        return [.. events.OrderBy(@event => @event.Time)];
    }

    private static DateTimeOffset SomeTime(DateTimeOffset begins, Random random) => begins.AddMinutes(random.Next(Days * 24 * 60));

    private static IncomingEvent Make(string type, string id, int customer, DateTimeOffset at, object data) =>
        new(DemoPeople.Source, $"{type}/{id}", type, DemoPeople.IdOf(customer), at, JsonSerializer.SerializeToElement(data));
}
