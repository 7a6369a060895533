using System.Globalization;
using CxOrchestrator.Benchmarks;
using CxOrchestrator.Benchmarks.Fuzzing;
using CxOrchestrator.Benchmarks.Intake;
using CxOrchestrator.Benchmarks.Nodes;
using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.Benchmarks.Simulating;
using CxOrchestrator.Benchmarks.Stores;
using CxOrchestrator.Benchmarks.Stores.Flat;
using CxOrchestrator.Benchmarks.Templates;
using CxOrchestrator.Benchmarks.Walking;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 130;

BenchmarkCommand[] commands =
[
    new("templates-speed", "[--rounds 60] renders, parses and first uses beside Handlebars.Net", SpeedCommand.Run),
    new("templates-conditions", "[--rounds 60] what a journey's condition costs", ConditionsCommand.Run),
    new("templates-hostile", "[--runs 3] what templates that mean harm can use up", HostileCommand.Run),
    new("templates-fuzz", "[--minutes 10] [--seed 1] [--case N] [--findings folder] templates by chance, looking for one that breaks out", FuzzCommand.Run),
    new("smtp-transport", "[--messages 20000] [--repeats 5] the SMTP connector alone beside smtp-source", TransportCommand.Run),
    new("sending", "[--store sqlite|postgres] [--customers 200000] [--repeats 3] [--connections 32] [--a-week 0] end to end beside smtp-source; with room for so many messages a week in each attention budget", SendingCommand.Run),
    new("slow-connection", "[--store sqlite|postgres] [--customers 30000] [--repeats 3] e-mail beside a text service that times out, takes one a second, or fails", SlowConnectionCommand.Run),
    new("flat", "[--rows 10000000] [--rounds 10] [--server CONNECTION] claims, walks, intake and explain beside 100,000 ledger rows and more, on PostgreSQL; 20 GB of disk", FlatCommand.Run),
    new("memory", "[--people 1000000] [--seconds 60] [--per-second 100] what a node holds while people wait in a journey, over PostgreSQL", MemoryCommand.Run),
    new("start-up", "[--runs 10] [--host cxo.dll] from the start of the process to its first answer, with ten plugins", StartUpCommand.Run),
    new("enrolling", "[--customers 1000000] [--page 2000] a schedule enrols everybody while single customers are sent receipts", EnrollingCommand.Run),
    new("walking", "[--customers 30000] [--repeats 5] [--store postgres] [--loops 2] [--batch 500] steps without messages beside bare claims and beside Quartz", WalkingCommand.Run),
    new("simulate", "[--customers 10000] [--days 90] [--repeats 3] five journeys that compete, simulated, beside the bare rows that they leave", SimulateCommand.Run),
    new("intake", "[--seconds 3] [--rounds 5] [--connections 32] [--batch 50] [--profile N] events acknowledged after commit on PostgreSQL beside keeping them in memory", IntakeCommand.Run),
    new("intake-load", "the load generator of `intake`, run by it", LoadCommand.Run),
    new("store-claims", "[--rows 1000000] due work claimed and ended on PostgreSQL, beside a tenth of the rows and all of them", ClaimsCommand.Run),
    new("hard-stops", "[--sends 100000] [--kills 200] [--database-restarts 5] [--mail-restarts 5] [--nodes 3] [--seed N] [--store postgres|sqlite] what survives kill -9", HardStopsCommand.Run),
    new("scale-out", "[--connections 4] [--milliseconds 20] [--seconds 12] [--warm-up 20] [--repeats 3] [--accepted unheard] one, two and four nodes beside each other", ScaleOutCommand.Run),
    new("soak", "[--minutes 120] [--nodes 3] [--seed N] [--customers 10000] [--postgres SETTINGS] [--page soak.html] half of full load with faults by chance", SoakCommand.Run),
];
var command = commands.FirstOrDefault(known => known.Name == args.FirstOrDefault());
if (command is null)
{
    Console.Error.WriteLine("Which benchmark? One of these after --:");
    foreach (var known in commands) Console.Error.WriteLine($"  {known.Name,-22} {known.Summary}");
    return 2;
}

try
{
    Machine.Describe();
    return command.Run(new Options(args[1..]));
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
