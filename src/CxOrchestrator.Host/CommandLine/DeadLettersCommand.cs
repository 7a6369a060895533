using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>dead-letters list|replay|discard</c>: write-backs and errands that ended without being done.</summary>
internal static class DeadLettersCommand
{
    private const int Most = 10_000;

    public static Command Build(IAnsiConsole console) =>
        new("dead-letters", "Changes and calls that were refused for good, or given up.") { List(console), Replay(console), Discard(console) };

    private static Command List(IAnsiConsole console)
    {
        var limit = new Option<int>("--limit") { Description = "At most so many of each.", DefaultValueFactory = _ => 50 };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        return new Command("list", "Lists them, the newest first.") { limit, json }.Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var letters = await ReadAsync(installation.Services, parsed.GetValue(limit), cancellation);
            if (parsed.GetValue(json))
            {
                console.Json(letters);
                return 0;
            }

            var table = Tables.New("Id", "Of (UTC)", "What", "Tries", "Reason");
            foreach (var letter in letters)
                table.Row(letter.Id, Tables.Time(letter.At), letter.What, Tables.Count(letter.Tries), letter.Reason);
            console.Write(table);
            return 0;
        });
    }

    private static Command Replay(IAnsiConsole console)
    {
        var ids = new Argument<string[]>("id") { Description = "Ids, as the list shows them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All of them." };
        return new Command("replay", "Puts them back to be done again, under the same key: what was done after all is not done twice.") { ids, all }
            .Does(console, async (parsed, cancellation) =>
            {
                var named = parsed.GetValue(ids) ?? [];
                if (parsed.GetValue(all) == named.Length > 0)
                    throw new UserException("Say which: ids, or --all.");
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var now = installation.Services.GetRequiredService<Clocks>().Now;
                // The oldest first: a customer's changes are written in their order.
                var wanted = named.Length > 0 ? named : [.. (await ReadAsync(installation.Services, Most, cancellation)).Reverse().Select(letter => letter.Id)];
                var done = 0;
                foreach (var id in wanted)
                {
                    if (await ReplayAsync(installation.Services, id, now, cancellation))
                        done++;
                    else
                        console.Say(Color.Red, "not dead", $"  {id}: see cxo dead-letters list");
                }

                console.WriteLine($"{Tables.Number(done, "dead letter")} put back; a running service takes them up by itself.");
                return done == wanted.Length ? 0 : 1;
            });
    }

    private static Command Discard(IAnsiConsole console)
    {
        var id = new Argument<string>("id") { Description = "Its id, as the list shows it." };
        var by = new Option<string>("--by") { Description = "Who says so.", Required = true };
        var why = new Option<string>("--why") { Description = "Why it is not to be done.", Required = true };
        return new Command("discard", "Gives one up; its row stays, with who and why.") { id, by, why }.Does(console, async (parsed, cancellation) =>
        {
            var (who, reason) = (parsed.GetValue(by)!.Trim(), parsed.GetValue(why)!.Trim());
            if (who.Length == 0 || reason.Length == 0)
                throw new UserException("Say who gives it up, and why: --by NAME --why TEXT");
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var named = parsed.GetValue(id)!;
            var words = $"discarded by {who}: {reason}";
            var discarded = Guid.TryParse(named, out var key)
                ? await installation.Services.GetRequiredService<IWriteBackStore>().DiscardAsync(key, words, cancellation)
                : await installation.Services.GetRequiredService<IErrandStore>().DiscardAsync(named, words, cancellation);
            if (!discarded)
                throw new UserException($"{named} is not dead: see cxo dead-letters list");
            console.WriteLine("Discarded.");
            return 0;
        });
    }

    private static async Task<IReadOnlyList<DeadLetter>> ReadAsync(IServiceProvider services, int limit, CancellationToken cancellation)
    {
        var writeBacks = await services.GetRequiredService<IWriteBackStore>().ListAsync(WriteBackState.Dead, limit, cancellation);
        var errands = await services.GetRequiredService<IErrandStore>().ListAsync(ErrandState.Dead, limit, cancellation);
        return
        [
            .. writeBacks.Select(one => new DeadLetter(one.Id.ToString("N"), one.At, $"write-back: {one.Title}", one.Attempts, one.Reason)),
            .. errands.Select(one => new DeadLetter(one.Key, one.AskedAt, $"errand: {one.Kind} {one.Subject}", one.Attempts, one.Reason)),
        ];
    }

    // An errand's key always has a slash, which no key of ours has.
    private static Task<bool> ReplayAsync(IServiceProvider services, string id, DateTimeOffset now, CancellationToken cancellation) =>
        Guid.TryParse(id, out var key)
            ? services.GetRequiredService<IWriteBackStore>().ReplayAsync(key, now, cancellation)
            : services.GetRequiredService<IErrandStore>().ReplayAsync(id, now, cancellation);

    private sealed record DeadLetter(string Id, DateTimeOffset At, string What, int Tries, string Reason);
}
