using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>The command line: <c>cxo [verb]</c>. Exit codes: 0 done, 1 not done (with the reason), 2 the call's words are off.</summary>
public static class Cli
{
    private static readonly Option<string?> SettingsOption = new("--settings")
    {
        Description = "The settings file; default: appsettings.json in the current folder, else the one beside the executable.",
        Recursive = true,
    };

    private static readonly Option<string[]> SetOption = new("--set")
    {
        Description = "Overrides a setting: --set Web:Listen=http://127.0.0.1:9000. May be repeated. Not for secrets.",
        Recursive = true,
    };

    /// <summary>Parses and carries out; never throws for what a user does.</summary>
    public static async Task<int> RunAsync(string[] args, IAnsiConsole console)
    {
        var parsed = Build(console).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                console.Say(Color.Red, error.Message);
            console.WriteLine("Run with --help to see what there is.");
            return 2;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The service hands back its leases and finishes what is handed over; it is killed only after that should have ended.
            ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
        });
    }

    /// <summary>Where the installation of a call lies.</summary>
    internal static InstallationPlace PlaceOf(ParseResult parsed) => new(
        parsed.GetValue(SettingsOption),
        [.. (parsed.GetValue(SetOption) ?? []).Select(Split)]);

    /// <summary>Gives a command what it does; what goes wrong is told in one line and ends in exit code 1.</summary>
    internal static Command Does(this Command command, IAnsiConsole console, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (Exception error) when (error is UserException or UnknownCalendarException)
            {
                console.Say(Color.Red, error.Message);
                return 1;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                console.WriteLine("Stopped.");
                return 1;
            }
        });
        return command;
    }

    private static RootCommand Build(IAnsiConsole console)
    {
        var root = new RootCommand("CxOrchestrator looks after your customers' experience: journeys, surveys, cases and the CRM in one place.")
        {
            RunCommand.Build(console),
            DemoCommand.Build(console),
            CheckCommand.Build(console),
            MigrateCommand.Build(console),
            PluginsCommand.Build(console),
            ConnectionsCommand.Build(console),
            JourneysCommand.Build(console),
            TemplatesCommand.Build(console),
            EventsCommand.Build(console),
            CustomersCommand.Build(console),
            CasesCommand.Build(console),
            DeliveriesCommand.Build(console),
            DeadLettersCommand.Build(console),
            BooksCommand.Build(console),
            NodesCommand.Build(console),
            ExplainCommand.Build(console),
            DoctorCommand.Build(console),
        };
        root.Options.Add(SettingsOption);
        root.Options.Add(SetOption);
        root.Does(console, (parsed, cancellation) => RunCommand.RunAsync(parsed, console, cancellation));
        return root;
    }

    private static KeyValuePair<string, string?> Split(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new(text[..at], text[(at + 1)..])
            : throw new UserException($"--set {text}: write a setting and its value, such as --set Web:Listen=http://127.0.0.1:9000");
    }
}
