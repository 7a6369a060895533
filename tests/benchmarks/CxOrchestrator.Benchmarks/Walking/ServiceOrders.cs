using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>Customers who order something now and then, one after the other at an even pace, and want their receipt.</summary>
internal sealed class ServiceOrders(IServiceProvider services)
{
    private const int Customers = 1_000;

    private int _orders;

    /// <summary>Stores the customers.</summary>
    public Task StoreAsync() => services.GetRequiredService<ICustomerStore>().UpsertAsync(
        [.. Enumerable.Range(0, Customers).Select(number => new CustomerDraft(
            [new ExternalId("shop", $"s{number}")], $"Anna Example-{number}", "Anna", "en", "Europe/Berlin",
            [new ContactPoint(Channel.Email, $"s{number}@customers.example")], Json.EmptyObject))],
        services.GetRequiredService<Clocks>().Now, CancellationToken.None);

    /// <summary>Tells an event at each tick until it is ended; gives how many.</summary>
    public async Task<int> RunAsync(TimeSpan between, CancellationToken end)
    {
        var intake = services.GetRequiredService<IEventIntake>();
        var clocks = services.GetRequiredService<Clocks>();
        using var timer = new PeriodicTimer(between);
        var told = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                var data = JsonSerializer.SerializeToElement(new { order = $"A-{told}" });
                var answer = await intake.AcceptAsync(
                    [new IncomingEvent("shop", $"order-{Interlocked.Increment(ref _orders)}", "order.placed", $"s{told % Customers}", clocks.Now, data)], allOrNone: true, CancellationToken.None);
                if (answer[0].Outcome != IntakeOutcome.Stored)
                    throw new InvalidOperationException($"An event was not stored: {answer[0]}");
                told++;
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return told;
    }
}
