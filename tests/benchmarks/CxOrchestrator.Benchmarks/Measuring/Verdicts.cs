namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>Collects which lines are met, prints each, and gives the exit code.</summary>
internal sealed class Verdicts
{
    private bool _allMet = true;

    /// <summary>0 where all are met.</summary>
    public int ExitCode => _allMet ? 0 : 1;

    /// <summary>Notes one.</summary>
    /// <param name="met">Is it?</param>
    /// <param name="line">What was asked for and what was seen.</param>
    public void Note(bool met, string line)
    {
        _allMet &= met;
        Console.WriteLine($"{(met ? "met        " : "FALLS SHORT")} {line}");
    }
}
