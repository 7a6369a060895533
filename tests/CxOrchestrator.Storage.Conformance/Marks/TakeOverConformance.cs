using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Storage.Conformance.Marks;

/// <summary>What <see cref="ITakeOver"/> promises.</summary>
public abstract class TakeOverConformance : StoreConformance
{
    [SkippableFact]
    public async Task All_work_of_a_node_that_is_gone_is_free_at_once()
    {
        await Store.Events.AppendAsync([Some.Event()], Go);
        await Store.Work.CommitAsync(
            new Effects { Enrolments = [new(Some.Enrolment(), null)], Deliveries = [Some.Delivery()], Cases = [Some.Case()], WriteBacks = [Some.WriteBack()] }, Go);
        Assert.Equal("1 1 1 1 1", await ClaimAllAsync("gone"));
        Assert.Equal("0 0 0 0 0", await ClaimAllAsync("new"));

        await Store.TakeOver.EndLeasesAsync(Go);
        await RecoverAsync();

        Assert.Equal("1 1 1 1 1", await ClaimAllAsync("new"));
    }

    [SkippableFact]
    public async Task A_row_that_was_handed_over_becomes_unknown_with_the_next_recovery()
    {
        var row = Some.Delivery();
        await Store.Work.CommitAsync(new Effects { Deliveries = [row] }, Go);
        await Store.Ledger.ClaimDueAsync(By(), Noon, 1, Go);
        await Store.Ledger.HandOverAsync(By(), [new HandOver(row.Id, Core.Customers.Channel.Email, "smtp")], Noon, Go);

        await Store.TakeOver.EndLeasesAsync(Go);

        Assert.Equal((0, 1), await RecoverAsync());
        Assert.Equal(DeliveryState.Unknown, (await Store.Ledger.GetAsync([row.Id], Go))[row.Id].State);
    }

    [SkippableFact]
    public async Task Where_nothing_is_leased_nothing_changes()
    {
        await Store.Work.CommitAsync(new Effects { Deliveries = [Some.Delivery()] }, Go);

        await Store.TakeOver.EndLeasesAsync(Go);

        Assert.Equal((0, 0), await RecoverAsync());
    }

    private Task<(int Replanned, int Unknown)> RecoverAsync() => Store.Ledger.RecoverAsync(MachineNoon, Noon, new HashSet<string>(), Go);

    // How many of events, enrolments, deliveries, cases and write-backs.
    private async Task<string> ClaimAllAsync(string node)
    {
        var lease = By(node);
        int[] claimed =
        [
            (await Store.Events.ClaimAsync(lease, 9, Go)).Count, (await Store.Enrolments.ClaimDueAsync(lease, Noon, 9, Go)).Count,
            (await Store.Ledger.ClaimDueAsync(lease, Noon, 9, Go)).Count, (await Store.Cases.ClaimOpeningAsync(lease, Noon, 9, Go)).Count,
            (await Store.WriteBacks.ClaimDueAsync(lease, Noon, 9, Go)).Count,
        ];
        return string.Join(' ', claimed);
    }
}
