using System.CommandLine;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Host.Composition;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>cases list</c>: what is being put right.</summary>
internal static class CasesCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var state = new Option<CaseState?>("--state") { Description = "Only cases in this state." };
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 50 };
        var list = new Command("list", "Lists cases, the earliest due first.") { state, limit };
        list.Does(console, async (parsed, cancellation) =>
        {
            await using var installation = Installation.Open(Cli.PlaceOf(parsed));
            await Store.ReadyAsync(installation.Services, cancellation);
            var cases = await installation.Services.GetRequiredService<ICaseStore>()
                .ListAsync(parsed.GetValue(state), parsed.GetValue(limit), cancellation);
            Show(console, cases, installation.Services.GetRequiredService<Clocks>().Now);
            return 0;
        });
        return new Command("cases", "Unhappy answers that are being put right.") { list };
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<Case> cases, DateTimeOffset now)
    {
        if (cases.Count == 0)
        {
            console.WriteLine("No cases.");
            return;
        }

        var table = Tables.New("Due (UTC)", "State", "Kind", "Owner", "Ticket", "Customer", "Subject");
        foreach (var @case in cases)
        {
            var overdue = @case.State is CaseState.Opening or CaseState.Open && @case.DueAt < now;
            table.Row(Tables.Time(@case.DueAt) + (overdue ? " overdue" : ""), @case.State.ToString(), @case.Kind, @case.Owner,
                @case.TicketId ?? "", @case.CustomerId.ToString("N"), @case.Subject);
        }

        console.Write(table);
    }
}
