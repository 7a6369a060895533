using CxOrchestrator.Core;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Storage.Conformance.Ledger;

/// <summary>What <see cref="ILedger"/> promises of answers that come many at once, each with a line that is owed to the CRM and nothing else.</summary>
public abstract class LedgerAnswersConformance : LedgerFacts
{
    [SkippableFact]
    public async Task Each_row_is_stored_with_its_own_outcome_and_what_is_owed_for_it()
    {
        var rows = await HandedOverAsync(5);
        var owed = rows.Select(row => Some.WriteBack(row.CustomerId)).ToList();

        await CompleteAsync(By(), [.. rows.Zip(owed, (row, one) => Accepted(row, one) with { ProviderId = $"SM-{row.Id:N}", Reason = "接受" })]);

        foreach (var row in rows)
        {
            var stored = await GetAsync(row.Id);
            Assert.Equal((DeliveryState.Accepted, $"SM-{row.Id:N}", "接受", Noon.AddMinutes(2)), (stored.State, stored.ProviderId, stored.Reason, stored.ChangedAt));
        }

        Assert.Equal(owed.Select(one => one.Id), (await DueAsync()).Select(one => one.Id));
    }

    [SkippableFact]
    public async Task What_is_owed_for_a_row_that_another_node_has_taken_is_left_out_and_the_rest_is_stored()
    {
        var rows = await HandedOverAsync(2);
        var theirs = await Store.Ledger.RecoverAsync(MachineNoon.AddHours(1), Noon.AddHours(1), new HashSet<string> { "sms-eu" }, Go);
        Assert.Equal((2, 0), theirs);
        Assert.Single(await ClaimAsync(By("node-b", 7_200), limit: 1, Noon.AddHours(2)), one => one.Id == rows[0].Id);

        await CompleteAsync(By(), Accepted(rows[0]), Accepted(rows[1]));

        Assert.Equal(DeliveryState.Claimed, (await GetAsync(rows[0].Id)).State);
        Assert.Equal(DeliveryState.Accepted, (await GetAsync(rows[1].Id)).State);
        Assert.Equal(rows[1].CustomerId, Assert.Single(await DueAsync()).CustomerId);
    }

    [SkippableFact]
    public async Task An_answer_that_is_given_twice_owes_once()
    {
        var row = Assert.Single(await HandedOverAsync(1));
        var answer = Accepted(row);

        await CompleteAsync(By(), answer);
        await CompleteAsync(By(), answer with { At = Noon.AddMinutes(9) });

        Assert.Equal(Noon.AddMinutes(2), (await GetAsync(row.Id)).ChangedAt);
        Assert.Single(await DueAsync());
        Assert.Equal(1, (await Store.WriteBacks.CountAsync(Go))[WriteBackState.Waiting]);
    }

    [SkippableFact]
    public async Task What_is_owed_waits_behind_the_customers_earlier_one()
    {
        var row = Assert.Single(await HandedOverAsync(1));
        var earlier = Some.WriteBack(row.CustomerId);
        await Store.Work.CommitAsync(new Effects { WriteBacks = [earlier] }, Go);

        var later = Some.WriteBack(row.CustomerId);
        await CompleteAsync(By(), Accepted(row, later));

        Assert.Equal(earlier.Id, Assert.Single(await DueAsync()).Id);
        await Store.WriteBacks.CompleteAsync([earlier with { State = WriteBackState.Written, DueAt = null }], Go);
        Assert.Equal(later.Id, Assert.Single(await DueAsync()).Id);
    }

    [SkippableFact]
    public async Task What_is_owed_earlier_goes_before_what_was_stored_first()
    {
        var row = Assert.Single(await HandedOverAsync(1));
        var earlier = Some.WriteBack(row.CustomerId);
        var later = Some.WriteBack(row.CustomerId);
        await Store.Work.CommitAsync(new Effects { WriteBacks = [later] }, Go);

        await CompleteAsync(By(), Accepted(row, earlier));

        Assert.Equal(earlier.Id, Assert.Single(await DueAsync()).Id);
    }

    [SkippableFact]
    public async Task Two_of_one_customer_in_one_call_go_one_after_the_other()
    {
        var customer = Some.Key();
        await PlanAsync(Some.Delivery() with { CustomerId = customer }, Some.Delivery() with { CustomerId = customer });
        var rows = await ClaimAsync();
        await HandOverAsync(By(), [.. rows.Select(row => row.Id)]);
        WriteBack[] owed = [Some.WriteBack(customer), Some.WriteBack(customer)];

        await CompleteAsync(By(), Accepted(rows[0], owed[0]), Accepted(rows[1], owed[1]));

        Assert.Equal(owed[0].Id, Assert.Single(await DueAsync()).Id);
        Assert.All(rows, row => Assert.Equal(DeliveryState.Accepted, GetAsync(row.Id).GetAwaiter().GetResult().State));
    }

    [SkippableFact]
    public async Task Answers_of_two_nodes_for_one_customer_leave_one_write_back_free()
    {
        var customer = Some.Key();
        var other = await AnotherProcessAsync();
        for (var round = 0; round < 20; round++)
        {
            await PlanAsync(Some.Delivery() with { CustomerId = customer }, Some.Delivery() with { CustomerId = customer });
            var rows = await ClaimAsync();
            await HandOverAsync(By(), [.. rows.Select(row => row.Id)]);

            await Task.WhenAll(
                Task.Run(() => Store.Ledger.CompleteAsync(By(), [Accepted(rows[0])], Go)), Task.Run(() => other.Ledger.CompleteAsync(By(), [Accepted(rows[1])], Go)));

            for (var left = 2; left > 0; left--)
            {
                var free = Assert.Single(await DueAsync());
                await Store.WriteBacks.CompleteAsync([free with { State = WriteBackState.Written, DueAt = null }], Go);
            }
        }
    }

    private static DeliveryOutcome Accepted(Delivery row, WriteBack? owed = null) =>
        Outcome(row, DeliveryState.Accepted) with { Effects = new Effects { WriteBacks = [owed ?? Some.WriteBack(row.CustomerId)] } };

    private async Task<IReadOnlyList<Delivery>> HandedOverAsync(int count)
    {
        await PlanAsync([.. Enumerable.Range(0, count).Select(_ => Some.Delivery())]);
        var rows = await ClaimAsync();
        Assert.Equal(count, (await HandOverAsync(By(), [.. rows.Select(row => row.Id)])).Count);
        return rows;
    }

    // Claimed for a moment only.
    private Task<IReadOnlyList<WriteBack>> DueAsync() => Store.WriteBacks.ClaimDueAsync(new Lease("crm", MachineNoon.AddDays(1), MachineNoon), Noon.AddDays(1), 100, Go);
}
