using System.CommandLine;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>deliveries</c>: the contact ledger, and settling what nobody knows.</summary>
internal static class DeliveriesCommand
{
    public static Command Build(IAnsiConsole console) => new("deliveries", "The contact ledger.") { List(console), Settle(console) };

    private static Command List(IAnsiConsole console)
    {
        var state = new Option<DeliveryState>("--state") { Description = "The state.", DefaultValueFactory = _ => DeliveryState.Unknown };
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 50 };
        return new Command("list", "Lists deliveries in a state, the newest change first; default: those whose outcome is unknown.") { state, limit }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var rows = await installation.Services.GetRequiredService<ILedger>()
                    .ListAsync(parsed.GetValue(state), parsed.GetValue(limit), cancellation);
                var table = Tables.New("Delivery", "Changed (UTC)", "Journey", "Message", "Via", "Reason");
                foreach (var row in rows)
                    table.Row(row.Key, Tables.Time(row.ChangedAt), row.Journey, row.Message, row.SentVia?.ToString() ?? "", row.Reason);
                console.Write(table);
                return 0;
            });
    }

    private static Command Settle(IAnsiConsole console)
    {
        var key = new Argument<Guid>("delivery") { Description = "Its key, as `deliveries list` shows it." };
        var sent = new Option<bool>("--sent") { Description = "The customer has it." };
        var again = new Option<bool>("--send-again") { Description = "The customer hasn't; send it again." };
        var by = new Option<string>("--by") { Description = "Who says so.", Required = true };
        return new Command("settle", "Settles a delivery whose outcome is unknown.") { key, sent, again, by }
            .Does(console, async (parsed, cancellation) =>
            {
                if (parsed.GetValue(sent) == parsed.GetValue(again))
                    throw new UserException("Say one of --sent and --send-again.");
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var settled = await installation.Services.GetRequiredService<Settlement>().SettleAsync(
                    parsed.GetValue(key), parsed.GetValue(sent), parsed.GetValue(by)!, cancellation);
                if (!settled)
                    throw new UserException($"The delivery {parsed.GetValue(key):N} is not unknown: see `cxo deliveries list --state unknown`.");
                console.WriteLine("Settled.");
                return 0;
            });
    }
}
