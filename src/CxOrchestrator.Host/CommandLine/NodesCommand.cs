using System.CommandLine;
using System.Globalization;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Host.Composition;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary><c>nodes</c>: the processes that share the store, what each does and holds, and where its connections stand.</summary>
internal static class NodesCommand
{
    public static Command Build(IAnsiConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var all = new Option<bool>("--all") { Description = "Also processes that ended in the last week and hold nothing." };
        return new Command("nodes", "Shows the nodes: version, state, last sign of life, what they hold and do. Exit code 1 where one is gone and holds work.") { json, all }
            .Does(console, async (parsed, cancellation) =>
            {
                await using var installation = Installation.Open(Cli.PlaceOf(parsed));
                await Store.ReadyAsync(installation.Services, cancellation);
                var (now, nodes) = await installation.Services.GetRequiredService<INodeStore>().ListAsync(cancellation);
                var states = await installation.Services.GetRequiredService<IPluginStateStore>().LoadOfAllAsync(cancellation);
                var shown = nodes.Where(one => parsed.GetValue(all) || one.LivesAt(now) || one.Holds.Count > 0 || IsLatest(one, nodes)).ToList();
                if (parsed.GetValue(json))
                    console.Json(shown.Select(one => Told(one, now, states)));
                else
                    Show(console, shown, now, states);
                return shown.Any(one => !one.LivesAt(now) && one.Holds.Count > 0) ? 1 : 0;
            });
    }

    private static bool IsLatest(NodeReport node, IReadOnlyList<NodeReport> nodes) =>
        nodes.First(one => one.Node.Name == node.Node.Name) == node;

    private static object Told(NodeReport one, DateTimeOffset now, IReadOnlyList<KeptState> states) => new
    {
        one.Node.Name, one.Node.Id, one.Node.Machine, one.Node.Process, one.Node.Folder, one.Node.Address, one.Node.Version,
        State = one.State, Lives = one.LivesAt(now), one.StartedAt, one.HeardAt, HeardSecondsAgo = Math.Round((now - one.HeardAt).TotalSeconds, 1), one.LeaseUntil,
        ClockOffMilliseconds = one.ClockOff is { } off ? (double?)off.TotalMilliseconds : null, one.Holds, one.Work,
        Troubled = Troubles(one, states).Select(state => new { state.Key, state.Report.State, state.Report.Reason }),
    };

    private static void Show(IAnsiConsole console, IReadOnlyList<NodeReport> nodes, DateTimeOffset now, IReadOnlyList<KeptState> states)
    {
        var table = Tables.New("Node", "Version", "State", "Heard", "Clock", "Machine", "Holds", "Has done");
        foreach (var one in nodes)
        {
            table.Row(
                one.Node.Name, one.Node.Version, State(one, now), $"{Ago(now - one.HeardAt)} ago", Clock(one), $"{one.Node.Machine}:{one.Node.Process}",
                Words(one.Holds), Words(one.Work));
        }

        console.Write(table);
        foreach (var one in nodes.Where(one => one.LivesAt(now)))
        {
            foreach (var state in Troubles(one, states))
                console.Say(Color.Yellow, $"{one.Node.Name}", $": {state.Key} is {state.Report.State}: {state.Report.Reason}");
        }
    }

    private static string State(NodeReport node, DateTimeOffset now) =>
        node.State is NodeState.Running or NodeState.Draining && !node.LivesAt(now) ? "gone" : node.State.ToString().ToLowerInvariant();

    private static IEnumerable<KeptState> Troubles(NodeReport node, IReadOnlyList<KeptState> states) =>
        states.Where(state => state.Node == node.Node.Name && state.Report.State is not (ConnectionState.Ready or ConnectionState.Discovered or ConnectionState.Disabled));

    private static string Clock(NodeReport node) =>
        node.ClockOff is { } off ? string.Create(CultureInfo.InvariantCulture, $"{off.TotalSeconds:+0.000;-0.000;0} s") : "";

    private static string Ago(TimeSpan time) => time.TotalMinutes < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h");

    private static string Words(IReadOnlyDictionary<string, long> counts) => string.Join(", ", counts.Where(pair => pair.Value > 0)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Tables.Count(pair.Value)} {pair.Key.ToLowerInvariant()}"));
}
