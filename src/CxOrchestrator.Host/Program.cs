using CxOrchestrator.Host.CommandLine;
using Spectre.Console;

return await Cli.RunAsync(args, AnsiConsole.Console);
