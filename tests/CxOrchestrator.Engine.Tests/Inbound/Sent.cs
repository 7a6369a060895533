using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Inbound;

/// <summary>A world in which one message has been sent.</summary>
internal static class Sent
{
    public const string Number = "+66812345678";

    public static readonly string ByMail = Words.Journey("j", "- send: hello");

    public static readonly string BySms = Words.Journey("j", "- send: hello\n  via: [ sms ]");

    /// <summary>A message to Anna; its outcome is unknown where the service loses its answer.</summary>
    public static async Task<(World World, Customer Anna, Delivery Delivery)> Async(string journey, bool unknown = false)
    {
        var world = await World.WithAsync(journey);
        if (unknown)
            world.Fake.OnSend = _ => SendResult.Unknown("the line was cut");
        var anna = await world.CustomerAsync("anna", phone: Number);
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        return (world, anna, await world.DeliveryAsync());
    }
}
