using CxOrchestrator.Host.CommandLine;

return await Cli.RunAsync(args, Terminal.Open());
