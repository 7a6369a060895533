using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine.Doctor;

namespace CxOrchestrator.Engine.Tests.Doctor;

public sealed class NodeExamTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_node_that_is_gone_and_holds_work_clocks_that_are_off_and_versions_that_differ_are_told()
    {
        var findings = await ExamineAsync(
            Node("one", 10, "1.0.0", off: 7), Node("two", 10, "1.1.0", off: -4), Node("three", -120, "0.9.0", holds: 12), Node("four", -120, "0.9.0"), Node("five", -30, "0.9.0", holds: 3));

        Assert.Equal(
            [
                "the node three is gone and still holds 12 deliveries", "the clock of box (node one) is 7 seconds ahead of the database's",
                "nodes of 2 versions run side by side: 1.0.0, 1.1.0",
            ],
            findings.Select(finding => finding.What));
        Assert.True(findings[0].NeedsPerson);
        Assert.Equal(12, findings[0].Count);
    }

    [Fact]
    public async Task Where_all_is_well_nothing_is_told() => Assert.Empty(await ExamineAsync(Node("one", 10, "1.0.0", holds: 5), Node("two", 10, "1.0.0")));

    private static Task<IReadOnlyList<Core.Doctor.Finding>> ExamineAsync(params NodeReport[] nodes) =>
        new NodeExam(new Listed(nodes)).ExamineAsync(CancellationToken.None);

    private static NodeReport Node(string name, int leaseSeconds, string version, int off = 0, int holds = 0) => new()
    {
        Node = new NodeIdentity { Id = $"{name}/1", Name = name, Machine = "box", Version = version }, State = NodeState.Running, StartedAt = Now.AddHours(-1), HeardAt = Now,
        LeaseUntil = Now.AddSeconds(leaseSeconds), ClockOff = TimeSpan.FromSeconds(off),
        Holds = holds == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["deliveries"] = holds },
    };

    private sealed class Listed(IReadOnlyList<NodeReport> nodes) : INodeStore
    {
        public Task<NodeList> ListAsync(CancellationToken cancellation) => Task.FromResult(new NodeList(Now, nodes));

        public Task<DateTimeOffset> TimeAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Registration> RegisterAsync(NodeIdentity node, TimeSpan lease, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<BeatAnswer> BeatAsync(string id, NodeBeat beat, TimeSpan lease, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<TakenOver> TakeOverAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task ForgetAsync(string id, HeldWork kind, CancellationToken cancellation) => throw new NotSupportedException();

        public Task StopAsync(string id, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
