using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>
/// Lines with a colour, their text as it is. The console's markup would read settings and faults as its own: of <c>Sources:0:Key: …</c> it makes a
/// picture of a key.
/// </summary>
internal static class Lines
{
    /// <summary>A line that begins in a colour.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="color">The colour.</param>
    /// <param name="beginning">What stands in colour.</param>
    /// <param name="rest">What follows in the terminal's own.</param>
    public static void Say(this IAnsiConsole console, Color color, string beginning, string rest = "") =>
        console.Write(new Paragraph().Append(beginning, new Style(color)).Append(rest + Environment.NewLine));
}
