using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Engine.Tests.Running;

public sealed class ShareCountTests
{
    private static readonly EngineOptions Options = new();

    private readonly ManualTimeProvider _time = new();
    private readonly NodeShare _share = new();
    private readonly ShareCount _count;

    public ShareCountTests() => _count = new ShareCount(_share, new Clocks(_time, _time), Options);

    [Fact]
    public void A_node_alone_has_all_from_the_start()
    {
        _count.Joined(0);

        Assert.Equal(1, _share.Part);
    }

    [Fact]
    public void A_newcomer_waits_for_a_lease_so_that_every_other_has_counted_it_or_is_lost()
    {
        _count.Joined(2);
        Assert.Equal(0, _share.Part);
        _time.Advance(Options.NodeLease);
        _count.Heard(2);
        Assert.Equal(0, _share.Part);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _count.Heard(2);

        Assert.Equal(1.0 / 3, _share.Part);
    }

    [Fact]
    public void A_share_shrinks_at_once_and_grows_a_lease_later()
    {
        _count.Joined(0);
        _count.Heard(3);
        Assert.Equal(0.25, _share.Part);
        _count.Heard(1);
        Assert.Equal(0.25, _share.Part);

        _time.Advance(Options.NodeLease + TimeSpan.FromMilliseconds(1));
        _count.Heard(1);

        Assert.Equal(0.5, _share.Part);
    }
}
