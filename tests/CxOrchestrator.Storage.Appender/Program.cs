using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Storage;
using Microsoft.Extensions.DependencyInjection;

// A process to be killed: stores events and deliveries as fast as it can, from several tasks, and prints the source id of each only
// after the store has acknowledged it. Arguments: the database's file, and a name for this run.
var (file, run) = (args[0], args[1]);
await using var services = new ServiceCollection().AddSqliteStorage(file).BuildServiceProvider();
var events = services.GetRequiredService<IEventStore>();
var work = services.GetRequiredService<IWork>();
var start = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
var output = Console.Out;

await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
{
    for (var i = 0; ; i++)
    {
        var told = new CustomerEvent
        {
            Id = Ids.New(start), Source = "shop", SourceId = $"{run}/{writer}/{i}", Type = "order.delivered", Subject = "c-1", Time = start,
            ReceivedAt = start,
        };
        if (writer % 2 == 0)
            await events.AppendAsync([told], CancellationToken.None);
        else
            await work.CommitAsync(new Effects { Events = [told], Deliveries = [DeliveryOf(told)] }, CancellationToken.None);
        lock (output)
        {
            output.WriteLine(told.SourceId);
            output.Flush();
        }
    }
})));

static Delivery DeliveryOf(CustomerEvent told) => new()
{
    Id = told.Id, CustomerId = told.Id, EnrolmentId = told.Id, StepId = told.SourceId, Occurrence = 1, Journey = "j", Message = "m",
    Purpose = Purpose.Service, Via = [Channel.Email], PlannedAt = told.Time, ChangedAt = told.Time, DueAt = told.Time,
};
