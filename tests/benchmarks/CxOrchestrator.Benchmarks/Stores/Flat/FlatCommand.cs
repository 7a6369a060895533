using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.TestKit;
using Npgsql;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Stores.Flat;

/// <summary>Whether what the product does all day costs the same beside a hundred thousand ledger rows and ten million, on PostgreSQL.</summary>
internal static class FlatCommand
{
    private const double Line = 1.2;

    // Milliseconds that 19 of 20 explanations of a customer of whom nothing has been read before may take.
    private const double Longest = 200;
    private const string First = "explain, a customer's first time";
    private const string Explain = "explain";
    private const string Processor = "explain, processor time";
    private const int FirstTimes = 4;

    // Each round does the same at each size in turn, so that what else the machine does falls on all of them.
    private const int Batches = 4;
    private const int Customers = 100;

    public static int Run(Options options)
    {
        var rows = options.Whole("--rows", 10_000_000, 100_000);
        var rounds = (int)options.Whole("--rounds", 10, 3);
        var server = options.Text("--server");
        options.RefuseOthers();
        return RunAsync(Sizes(rows), rounds, server).GetAwaiter().GetResult();
    }

    private static List<long> Sizes(long most)
    {
        var sizes = new List<long>();
        for (var size = 100_000L; size < most; size *= 10)
            sizes.Add(size);
        return [.. sizes, most];
    }

    private static async Task<int> RunAsync(List<long> sizes, int rounds, string? server)
    {
        var places = new List<FlatPlace>();
        foreach (var size in sizes)
            LongWork.Do($"{size:N0} ledger rows", work => places.Add(OpenAsync(size, server, work).GetAwaiter().GetResult()));
        var seen = places.ToDictionary(place => place.Rows, _ => new Dictionary<string, List<double>>());
        // A round that is not counted: connections, plans, the first pages.
        foreach (var place in places)
            await RoundAsync(place, []);
        await ExplainAsync(places, warm: false);
        for (var pass = 0; pass < FirstTimes; pass++)
        {
            foreach (var (size, times) in await ExplainAsync(places, warm: false))
                Add(seen[size], First, [.. times.Select(one => one.Time)]);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var place in round % 2 == 0 ? places : Enumerable.Reverse(places))
                await RoundAsync(place, seen[place.Rows]);
            foreach (var (size, times) in await ExplainAsync(places, warm: true))
            {
                Add(seen[size], Explain, [Spread.Of([.. times.Select(one => one.Time)]).Median]);
                if (times.All(one => one.Processor is not null))
                    Add(seen[size], Processor, [Spread.Of([.. times.Select(one => one.Processor!.Value)]).Median]);
            }
        }

        Show(sizes, seen);
        var verdicts = new Verdicts();
        foreach (var what in new[] { "claim of 500", Explain, Processor }.Where(what => seen.Values.All(times => times.ContainsKey(what))))
        {
            var ratio = Ratio(seen, sizes[0], sizes[^1], what);
            verdicts.Note(ratio.Median <= Line, $"{what}: {ratio.Median:0.00} times as much beside {sizes[^1]:N0} rows as beside {sizes[0]:N0} ({ratio.Low:0.00}-{ratio.High:0.00}); the line is {Line}");
        }

        var first = seen[sizes[^1]][First].Order().ToList();
        var slow = first[(int)(0.95 * (first.Count - 1))];
        verdicts.Note(slow <= Longest, $"{First}: 19 of 20 within {slow:0.0} ms beside {sizes[^1]:N0} rows, the slowest of {first.Count} {first[^1]:0.0} ms; the line is {Longest} ms");

        foreach (var place in places)
            await place.DisposeAsync();
        return verdicts.ExitCode;
    }

    // The middle of each round: one number a round and kind of work.
    private static async Task RoundAsync(FlatPlace place, Dictionary<string, List<double>> seen)
    {
        var (claims, whole) = await place.SendAsync(Batches);
        Add(seen, "claim of 500", [Spread.Of(claims).Median]);
        Add(seen, "claim, hand over and end 500", [Spread.Of(whole).Median]);
        Add(seen, "claim and end 500 walks", [Spread.Of(await place.WalkAsync(Batches)).Median]);
        Add(seen, "append 500 events", [Spread.Of(await place.AppendAsync(Batches)).Median]);
    }

    // An explanation takes a millisecond or two, and somebody else's burst of work as long: customer by customer the sizes take turns, so that a burst falls on all.
    private static async Task<Dictionary<long, List<(double Time, double? Processor)>>> ExplainAsync(List<FlatPlace> places, bool warm)
    {
        var times = places.ToDictionary(place => place.Rows, _ => new List<(double Time, double? Processor)>());
        foreach (var place in places)
            await place.CountProcessorAsync();
        for (var customer = 0; customer < Customers; customer++)
        {
            foreach (var place in customer % 2 == 0 ? places : Enumerable.Reverse(places))
            {
                var number = place.AnyCustomer();
                if (warm)
                    await place.ExplainAsync(number);
                times[place.Rows].Add(await place.ExplainAsync(number));
            }
        }

        return times;
    }

    private static void Add(Dictionary<string, List<double>> seen, string what, List<double> times)
    {
        if (!seen.TryGetValue(what, out var all))
            seen[what] = all = [];
        all.AddRange(times);
    }

    private static void Show(List<long> sizes, Dictionary<long, Dictionary<string, List<double>>> seen)
    {
        var table = new Table().AddColumn("milliseconds, the middle (8 of 10)");
        foreach (var size in sizes)
            table.AddColumn($"{size:N0} rows");
        table.AddColumn("ratio, largest to smallest");
        foreach (var what in seen[sizes[0]].Keys.Order(StringComparer.Ordinal))
        {
            var ratio = Ratio(seen, sizes[0], sizes[^1], what);
            table.AddRow([
                what, .. sizes.Select(size => Spread.Of(seen[size][what])).Select(times => $"{times.Median:0.00} ({times.Low:0.00}-{times.High:0.00})"),
                $"{ratio.Median:0.00} ({ratio.Low:0.00}-{ratio.High:0.00})"]);
        }

        AnsiConsole.Write(table);
    }

    // Round by round.
    private static Spread Ratio(Dictionary<long, Dictionary<string, List<double>>> seen, long small, long large, string what) =>
        Spread.Of([.. seen[large][what].Zip(seen[small][what], (one, other) => one / other)]);

    private static async Task<FlatPlace> OpenAsync(long rows, string? server, LongWork work)
    {
        var connection = server is null ? PostgresServer.Running.NewDatabase() : await DatabaseAsync(server, $"flat_{rows}");
        return await FlatPlace.OpenAsync(rows, connection, work.Tell);
    }

    // On a server that is given, a database stays for the next run.
    private static async Task<string> DatabaseAsync(string server, string name)
    {
        await using var source = NpgsqlDataSource.Create($"{server};Database=postgres;Pooling=false");
        await using var find = source.CreateCommand("select 1 from pg_database where datname = $1");
        find.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await find.ExecuteScalarAsync() is null)
        {
            await using var make = source.CreateCommand($"create database {name}");
            await make.ExecuteNonQueryAsync();
        }

        return $"{server};Database={name}";
    }
}
