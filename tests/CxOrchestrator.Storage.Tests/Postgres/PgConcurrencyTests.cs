using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Storage.Conformance;

namespace CxOrchestrator.Storage.Tests.Postgres;

/// <summary>Several writers at once on several connections, as several nodes are.</summary>
public sealed class PgConcurrencyTests : IAsyncLifetime
{
    private const int Writers = 8;
    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly List<OpenStore> _nodes = [];

    public async Task InitializeAsync()
    {
        _nodes.Add(await PgStores.OpenAsync());
        _nodes.Add(await PgStores.OpenAgainAsync(_nodes[0]));
    }

    public async Task DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
            await node.DisposeAsync();
    }

    [SkippableFact]
    public async Task Every_due_enrolment_is_walked_by_one_writer()
    {
        var all = Enumerable.Range(0, 400).Select(_ => Some.Enrolment()).ToList();
        await _nodes[0].Work.CommitAsync(new Effects { Enrolments = [.. all.Select(one => new Enrol(one, null))] }, Go);

        var claimed = await AllAtOnceAsync(async (node, writer) =>
        {
            var own = new List<Guid>();
            while ((await node.Work.WalkDueAsync(new WalkClaim(By(writer), Noon, [Lane.Service, Lane.Personal, Lane.Bulk], 7), Walk, Go)).Taken > 0)
            {
            }

            return own;

            Task<Effects> Walk(IReadOnlyList<Enrolment> some)
            {
                own.AddRange(some.Select(one => one.Id));
                return Task.FromResult(new Effects { Moves = [.. some.Select(one => one with { DueAt = Noon.AddDays(1) })] });
            }
        });

        // A writer may find nothing free while the last rows are locked by another, which then has them.
        Assert.Equal(all.Select(one => one.Id).Order(), claimed.SelectMany(own => own).Order());
    }

    [SkippableFact]
    public async Task A_slot_that_many_want_at_once_is_taken_by_one()
    {
        var customer = Some.Key();

        var reports = await AllAtOnceAsync((node, _) => node.Work.CommitAsync(
            new Effects { Enrolments = [new Enrol(Some.Enrolment(customer) with { EntryKey = "once" }, null)] }, Go));

        Assert.Single(reports, report => report.RefusedEnrolments.Count == 0);
        Assert.Single(await _nodes[0].Enrolments.ActiveAsync([customer], Go));
    }

    [SkippableFact]
    public async Task One_event_begins_one_enrolment_though_the_rule_lets_all_in()
    {
        var (customer, begunBy) = (Some.Key(), Some.Key());

        var reports = await AllAtOnceAsync((node, _) => node.Work.CommitAsync(
            new Effects { Enrolments = [new Enrol(Some.Enrolment(customer) with { EntryKey = "any", EventId = begunBy }, Noon.AddYears(-1))] }, Go));

        Assert.Single(reports, report => report.RefusedEnrolments.Count == 0);
        Assert.Single(await _nodes[0].Enrolments.ActiveAsync([customer], Go));
    }

    [SkippableFact]
    public async Task Room_for_two_messages_that_all_nodes_want_at_once_is_taken_by_two()
    {
        var customers = Enumerable.Range(0, 20).Select(_ => Some.Key()).ToList();
        var rows = Enumerable.Range(0, Writers).SelectMany(_ => customers.Select(customer => Some.Delivery() with { CustomerId = customer })).ToList();
        await _nodes[0].Work.CommitAsync(new Effects { Deliveries = rows }, Go);
        var budget = new AttentionBudget([new(2, TimeSpan.FromDays(7))], [Purpose.Feedback]);
        // Each writer has one message of each customer.
        var claims = new List<IReadOnlyList<Delivery>>();
        for (var writer = 0; writer < Writers; writer++)
            claims.Add(await _nodes[0].Ledger.ClaimDueAsync(By(writer), Noon, customers.Count, Go));

        var held = await AllAtOnceAsync((node, writer) => node.Ledger.HandOverAsync(
            By(writer), [.. claims[writer].OrderBy(one => (one.Id.GetHashCode() * (writer + 7)) % 31).Select(one => HandOver(one, budget))], Noon.AddSeconds(writer), Go));

        var customerOf = rows.ToDictionary(row => row.Id, row => row.CustomerId);
        var taken = held.SelectMany(keys => keys).GroupBy(key => customerOf[key]).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(customers.Count, taken.Count);
        Assert.All(taken, pair => Assert.Equal(2, pair.Value));
    }

    [SkippableFact]
    public async Task A_customer_that_many_tell_of_at_once_is_one_customer()
    {
        var drafts = Enumerable.Range(0, 40).Select(number => Some.Draft($"c-{number}")).ToList();

        // In different orders: they wait for each other in a circle, and are done again.
        await AllAtOnceAsync((node, writer) => node.Customers.UpsertAsync(writer % 2 == 0 ? drafts : [.. Enumerable.Reverse(drafts)], Noon, Go));

        Assert.Equal(40, await _nodes[0].Customers.CountAsync(Go));
        Assert.Equal(40, (await _nodes[0].Customers.FindAsync([.. drafts.SelectMany(draft => draft.ExternalIds)], Go)).Count);
    }

    [SkippableFact]
    public async Task An_event_that_is_told_by_many_at_once_is_stored_once()
    {
        var events = Enumerable.Range(0, 50).Select(number => $"order-{number}").ToList();

        var stored = await AllAtOnceAsync((node, writer) => node.Events.AppendAsync(
            [.. (writer % 2 == 0 ? events : Enumerable.Reverse(events)).Select(id => Some.Event(id))], Go));

        Assert.Equal(50, stored.Sum(one => one.Count(isNew => isNew)));
        Assert.Equal(50, (await _nodes[0].Events.CountAsync(Go)).Stored);
    }

    [SkippableFact]
    public async Task Of_a_customers_write_backs_one_is_free_and_none_is_forgotten_whoever_adds_and_ends_them()
    {
        var customer = Some.Key();
        var written = await AllAtOnceAsync(async (node, writer) =>
        {
            var own = 0;
            for (var i = 0; i < 10; i++)
            {
                await node.Work.CommitAsync(new Effects { WriteBacks = [Some.WriteBack(customer)] }, Go);
                own += await WriteAsync(node, writer);
            }

            return own;
        });
        var rest = 0;
        while (await WriteAsync(_nodes[0], 0) is > 0 and var more)
            rest += more;

        Assert.Equal(Writers * 10, written.Sum() + rest);
        Assert.Equal(Writers * 10, (await _nodes[0].WriteBacks.CountAsync(Go))[WriteBackState.Written]);
    }

    private static HandOver HandOver(Delivery row, AttentionBudget budget) =>
        new(row.Id, Channel.Email, "mail") { Attention = new AttentionClaim(row.CustomerId, budget) };

    private static async Task<int> WriteAsync(OpenStore node, int writer)
    {
        var claimed = await node.WriteBacks.ClaimDueAsync(By(writer), Noon, 10, Go);
        await node.WriteBacks.CompleteAsync([.. claimed.Select(one => one with { State = WriteBackState.Written })], Go);
        return claimed.Count;
    }

    private static Lease By(int writer) => new($"node-{writer}", Noon, Noon.AddMinutes(1));

    private Task<T[]> AllAtOnceAsync<T>(Func<OpenStore, int, Task<T>> work) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => work(_nodes[writer % _nodes.Count], writer))));
}
