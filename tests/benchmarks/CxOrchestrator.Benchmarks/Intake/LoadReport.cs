using System.Globalization;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>What a run of the load generator saw, as one line of text between its process and ours.</summary>
/// <param name="Requests">Requests answered with 200 within the measured time.</param>
/// <param name="Events">Events in them.</param>
/// <param name="Refused">Answered with 429 or 503.</param>
/// <param name="Wrong">Answered with anything else, or not at all.</param>
/// <param name="Seconds">The measured time.</param>
/// <param name="P50">Half of the replies came within, ms; from the time at which the request was due.</param>
/// <param name="P99">99 of 100.</param>
/// <param name="P999">999 of 1,000.</param>
/// <param name="Longest">All.</param>
/// <param name="Processor">Seconds of the processor that the generator itself took.</param>
internal sealed record LoadReport(
    long Requests, long Events, long Refused, long Wrong, double Seconds, double P50, double P99, double P999, double Longest, double Processor)
{
    /// <summary>Events acknowledged a second.</summary>
    public double Rate => Events / Seconds;

    /// <summary>The line.</summary>
    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture, $"{Requests} {Events} {Refused} {Wrong} {Seconds:R} {P50:R} {P99:R} {P999:R} {Longest:R} {Processor:R}");

    /// <summary>What <see cref="ToLine"/> gave.</summary>
    public static LoadReport OfLine(string line)
    {
        var parts = line.Split(' ');
        long Whole(int at) => long.Parse(parts[at], CultureInfo.InvariantCulture);
        double Number(int at) => double.Parse(parts[at], CultureInfo.InvariantCulture);
        return new LoadReport(Whole(0), Whole(1), Whole(2), Whole(3), Number(4), Number(5), Number(6), Number(7), Number(8), Number(9));
    }
}
