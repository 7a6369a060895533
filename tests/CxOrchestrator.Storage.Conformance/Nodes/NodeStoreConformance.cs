using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Conformance.Nodes;

/// <summary>What <see cref="INodeStore"/> promises of every store, also of one that a single process has to itself.</summary>
public abstract class NodeStoreConformance : StoreConformance
{
    /// <summary>A lease that outlasts a fact.</summary>
    protected static readonly TimeSpan Long = TimeSpan.FromHours(1);

    /// <summary>A lease that has ended as soon as it is given.</summary>
    protected static readonly TimeSpan Over = TimeSpan.Zero;

    [SkippableFact]
    public async Task A_node_that_registers_is_listed_with_all_that_it_says_of_itself()
    {
        var node = Node("node-a", "first");

        var registration = await Store.Nodes.RegisterAsync(node, Long, Go);

        Assert.Null(registration.HeldBy);
        Assert.Equal(0, registration.Others);
        var (now, nodes) = await Store.Nodes.ListAsync(Go);
        var found = Assert.Single(nodes);
        Same(node, found.Node);
        Assert.Equal(NodeState.Running, found.State);
        Assert.True(found.LivesAt(now));
        Assert.Equal(found.StartedAt + Long, found.LeaseUntil);
        Assert.Equal(found.StartedAt, found.HeardAt);
        Assert.Empty(found.Holds);
    }

    [SkippableFact]
    public async Task A_sign_of_life_renews_the_lease_and_tells_how_the_node_does()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Over, Go);

        var answer = await Store.Nodes.BeatAsync("node-a", new NodeBeat(true, TimeSpan.FromSeconds(-3), new Dictionary<string, long> { ["Events"] = 7 }), Long, Go);

        Assert.Equal((NodeStanding.Held, 0), (answer.Standing, answer.Others));
        var found = Assert.Single((await Store.Nodes.ListAsync(Go)).Nodes);
        Assert.Equal(NodeState.Draining, found.State);
        Assert.True(found.LivesAt(answer.Now));
        Assert.Equal(TimeSpan.FromSeconds(-3), found.ClockOff);
        Assert.Equal(7, found.Work["Events"]);
        Assert.Empty((await Store.Nodes.TakeOverAsync(Go)).Lost);
    }

    [SkippableFact]
    public async Task What_a_node_holds_is_counted_by_table()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Long, Go);
        await WorkAsync();
        await ClaimAllAsync("node-a");

        var found = Assert.Single((await Store.Nodes.ListAsync(Go)).Nodes);

        Assert.Equal("cases 1, deliveries 1, enrolments 1, events 1, writeBacks 1",
            string.Join(", ", found.Holds.OrderBy(held => held.Key, StringComparer.Ordinal).Select(held => $"{held.Key} {held.Value}")));
    }

    [SkippableFact]
    public async Task All_work_of_a_node_that_is_lost_is_free_after_a_look()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Over, Go);
        await WorkAsync();
        Assert.Equal("1 1 1 1 1", await ClaimAllAsync("node-a"));
        Assert.Equal("0 0 0 0 0", await ClaimAllAsync("node-b"));

        var found = await Store.Nodes.TakeOverAsync(Go);
        Assert.Equal(["node-a"], found.Lost);
        Assert.True(found.Owed);
        await RecoverAsync();

        Assert.Equal("1 1 1 1 1", await ClaimAllAsync("node-b"));
        Assert.Equal(NodeState.Lost, Assert.Single((await Store.Nodes.ListAsync(Go)).Nodes).State);
        Assert.Empty((await Store.Nodes.TakeOverAsync(Go)).Lost);
    }

    [SkippableFact]
    public async Task Nothing_is_taken_from_a_node_that_lives()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Long, Go);
        await WorkAsync();
        await ClaimAllAsync("node-a");

        var found = await Store.Nodes.TakeOverAsync(Go);

        Assert.Empty(found.Lost);
        Assert.Equal("0 0 0 0 0", await ClaimAllAsync("node-b"));
    }

    [SkippableFact]
    public async Task What_a_node_forgets_of_a_kind_is_free_and_all_else_that_it_or_others_hold_is_not()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Long, Go);
        await WorkAsync();
        await ClaimAllAsync("node-a");

        foreach (var kind in Enum.GetValues<HeldWork>())
            await Store.Nodes.ForgetAsync("node-b", kind, Go);
        Assert.Equal("0 0 0 0 0", await ClaimAllAsync("node-b"));
        await Store.Nodes.ForgetAsync("node-a", HeldWork.Enrolments, Go);
        Assert.Equal("0 1 0 0 0", await ClaimAllAsync("node-b"));
        await Store.Nodes.ForgetAsync("node-a", HeldWork.Deliveries, Go);
        Assert.Equal((1, 0), await RecoverAsync());
        Assert.Equal("0 0 1 0 0", await ClaimAllAsync("node-b"));
        foreach (var kind in (HeldWork[])[HeldWork.Events, HeldWork.Cases, HeldWork.WriteBacks])
            await Store.Nodes.ForgetAsync("node-a", kind, Go);
        Assert.Equal("1 0 0 1 1", await ClaimAllAsync("node-b"));
    }

    [SkippableFact]
    public async Task Of_messages_a_node_forgets_those_of_one_channel()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Long, Go);
        var text = Some.Delivery() with { Via = [Core.Customers.Channel.Sms] };
        await Store.Work.CommitAsync(new Effects { Deliveries = [Some.Delivery(), text] }, Go);
        await Store.Ledger.ClaimDueAsync(By("node-a"), Noon, 9, Go);

        await Store.Nodes.ForgetAsync("node-a", HeldWork.Texts, Go);

        Assert.Equal((1, 0), await RecoverAsync());
        Assert.Equal(text.Id, Assert.Single(await Store.Ledger.ClaimDueAsync(By("node-b"), Noon, 9, Go)).Id);
    }

    [SkippableFact]
    public async Task A_node_that_stops_hands_on_at_once()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Long, Go);
        await WorkAsync();
        await ClaimAllAsync("node-a");

        await Store.Nodes.StopAsync("node-a", Go);
        Assert.True((await Store.Nodes.TakeOverAsync(Go)).Owed);
        await RecoverAsync();

        Assert.Equal("1 1 1 1 1", await ClaimAllAsync("node-b"));
        Assert.Equal(NodeState.Stopped, Assert.Single((await Store.Nodes.ListAsync(Go)).Nodes).State);
        Assert.False((await Store.Nodes.TakeOverAsync(Go)).Owed);
    }

    [SkippableFact]
    public async Task A_process_that_starts_anew_on_its_folder_takes_over_from_the_one_before_at_once()
    {
        await Store.Nodes.RegisterAsync(Node("node-a", "first"), Long, Go);
        await WorkAsync();
        await ClaimAllAsync("first");

        Assert.Null((await Store.Nodes.RegisterAsync(Node("node-a", "second"), Long, Go)).HeldBy);
        await RecoverAsync();

        Assert.Equal("1 1 1 1 1", await ClaimAllAsync("second"));
        Assert.Equal("Running second, Lost first",
            string.Join(", ", (await Store.Nodes.ListAsync(Go)).Nodes.OrderBy(one => one.State).Select(one => $"{one.State} {one.Node.Id}")));
    }

    [SkippableFact]
    public async Task A_row_that_was_handed_over_becomes_unknown_with_the_next_recovery_and_a_late_answer_is_still_taken()
    {
        var row = Some.Delivery();
        await Store.Nodes.RegisterAsync(Node("node-a"), Over, Go);
        await Store.Work.CommitAsync(new Effects { Deliveries = [row] }, Go);
        await Store.Ledger.ClaimDueAsync(By(), Noon, 1, Go);
        await Store.Ledger.HandOverAsync(By(), [new HandOver(row.Id, Core.Customers.Channel.Email, "smtp")], Noon, Go);

        await Store.Nodes.TakeOverAsync(Go);

        Assert.Equal((0, 1), await RecoverAsync());
        Assert.Equal(DeliveryState.Unknown, (await Store.Ledger.GetAsync([row.Id], Go))[row.Id].State);
        Assert.Equal(NodeStanding.WasLost, (await Store.Nodes.BeatAsync("node-a", NodeBeat.First, Long, Go)).Standing);
        await Store.Ledger.CompleteAsync(By(), [new DeliveryOutcome { Id = row.Id, State = DeliveryState.Accepted, Reason = "late", At = Noon }], Go);
        Assert.Equal(DeliveryState.Accepted, (await Store.Ledger.GetAsync([row.Id], Go))[row.Id].State);
    }

    [SkippableFact]
    public async Task A_node_that_was_lost_hands_nothing_over_of_what_it_had_claimed()
    {
        var row = Some.Delivery();
        await Store.Nodes.RegisterAsync(Node("node-a"), Over, Go);
        await Store.Work.CommitAsync(new Effects { Deliveries = [row] }, Go);
        await Store.Ledger.ClaimDueAsync(By(), Noon, 1, Go);

        await Store.Nodes.TakeOverAsync(Go);
        await Store.Nodes.BeatAsync("node-a", NodeBeat.First, Long, Go);

        Assert.Empty(await Store.Ledger.HandOverAsync(By(), [new HandOver(row.Id, Core.Customers.Channel.Email, "smtp")], Noon, Go));
    }

    [SkippableFact]
    public async Task A_node_that_nobody_knows_is_told_so_and_gets_no_lease()
    {
        Assert.Equal(NodeStanding.Unknown, (await Store.Nodes.BeatAsync("stranger", NodeBeat.First, Long, Go)).Standing);
        Assert.Empty((await Store.Nodes.ListAsync(Go)).Nodes);
    }

    [SkippableFact]
    public async Task Where_nothing_is_leased_nothing_changes()
    {
        await Store.Nodes.RegisterAsync(Node("node-a"), Over, Go);
        await Store.Work.CommitAsync(new Effects { Deliveries = [Some.Delivery()] }, Go);

        Assert.False((await Store.Nodes.TakeOverAsync(Go)).Owed);

        Assert.Equal((0, 0), await RecoverAsync());
    }

    [SkippableFact]
    public async Task The_stores_time_goes_on()
    {
        var first = await Store.Nodes.TimeAsync(Go);

        Assert.InRange(await Store.Nodes.TimeAsync(Go), first, first.AddHours(1));
    }

    /// <summary>A process of a node, on a machine and folder of its own.</summary>
    protected static NodeIdentity Node(string name, string? id = null, string machine = "box", string? folder = null) => new()
    {
        Id = id ?? name, Name = name, Machine = machine, Process = 42, Folder = folder ?? $"/data/{name}", Address = "http://127.0.0.1:8025/", Version = "1.2.3",
    };

    /// <summary>One row of everything that is claimed.</summary>
    protected async Task WorkAsync()
    {
        await Store.Events.AppendAsync([Some.Event()], Go);
        await Store.Work.CommitAsync(
            new Effects { Enrolments = [new(Some.Enrolment(), null)], Deliveries = [Some.Delivery()], Cases = [Some.Case()], WriteBacks = [Some.WriteBack()] }, Go);
    }

    /// <summary>Takes rows whose lease has ended.</summary>
    protected Task<(int Replanned, int Unknown)> RecoverAsync() => Store.Ledger.RecoverAsync(MachineNoon, Noon, new HashSet<string>(), Go);

    /// <summary>Leaves enrolments that are due under a lease, as a walk does that is cut off; tells how many.</summary>
    protected virtual async Task<int> HoldWalksAsync(Lease lease) => (await TakeAsync(9, lease)).Count;

    /// <summary>How many of events, enrolments, deliveries, cases and write-backs a node gets.</summary>
    protected async Task<string> ClaimAllAsync(string node)
    {
        var lease = By(node);
        int[] claimed =
        [
            (await Store.Events.ClaimAsync(lease, 9, Go)).Count, await HoldWalksAsync(lease),
            (await Store.Ledger.ClaimDueAsync(lease, Noon, 9, Go)).Count, (await Store.Cases.ClaimOpeningAsync(lease, Noon, 9, Go)).Count,
            (await Store.WriteBacks.ClaimDueAsync(lease, Noon, 9, Go)).Count,
        ];
        return string.Join(' ', claimed);
    }
}
