using CxOrchestrator.Benchmarks.Measuring;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>
/// Holds each round beside the rounds before and after it in which as many texts were due to a service that works. So what texts cost by themselves (walks, decisions,
/// rows of the ledger) is on both sides, and a machine that others slow for a while is too.
/// </summary>
internal static class SlowConnectionTable
{
    private const double Line = 0.90;

    /// <summary>Prints rounds in the order in which they were measured, and which lines are met; gives the exit code.</summary>
    public static int Print(IReadOnlyList<SlowConnectionRound> rounds)
    {
        var table = new Table().AddColumns("round", "text service", "e-mails a second", "of the rounds beside it whose text service works", "requests it saw", "texts accepted");
        var ratios = rounds.Select((_, at) => RatioAt(rounds, at)).ToList();
        foreach (var (at, (round, ratio)) in rounds.Zip(ratios).Index())
            table.AddRow($"{at + 1}", Words(round.Texts), $"{round.Rate:#,0}", ratio is { } known ? $"{known:0.00}" : "", $"{round.Asked:#,0}", $"{round.Taken:#,0}");
        AnsiConsole.Write(table);
        var verdicts = new Verdicts();
        foreach (var group in rounds.Zip(ratios).Where(pair => pair.Second is not null).ToLookup(pair => pair.First.Texts, pair => pair.Second!.Value).OrderBy(group => group.Key is null))
        {
            var ratio = Spread.Of([.. group]);
            var words = $"{Words(group.Key)}: {ratio.Median:0.00} ({ratio.Low:0.00}–{ratio.High:0.00}) of the rate beside a text service that works";
            if (group.Key is null)
                Console.WriteLine($"to know     {words}: what texts cost by themselves");
            else
                verdicts.Note(ratio.Median >= Line, $"{words}; the line is {Line:0.00}");
        }

        return verdicts.ExitCode;
    }

    private static double? RatioAt(IReadOnlyList<SlowConnectionRound> rounds, int at)
    {
        if (rounds[at].Texts == Manner.AnswersAtOnce)
            return null;
        var beside = new[] { at - 1, at + 1 }.Where(other => other >= 0 && other < rounds.Count && rounds[other].Texts == Manner.AnswersAtOnce).ToList();
        return beside.Count == 0 ? null : rounds[at].Rate / beside.Average(other => rounds[other].Rate);
    }

    private static string Words(Manner? texts) => texts?.ToString() ?? "no text due";
}
