using System.Globalization;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>The console that verbs write to.</summary>
internal static class Terminal
{
    // What goes to a file or a pipe is read by programs: no colours, and lines as long as they are.
    private const int WidthOfFiles = 400;

    public static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
        {
            // Nobody can be asked through a pipe.
            if (Console.IsInputRedirected)
                AnsiConsole.Profile.Capabilities.Interactive = false;
            return AnsiConsole.Console;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out var columns) && columns > 20
            ? columns
            : WidthOfFiles;
        return console;
    }
}
