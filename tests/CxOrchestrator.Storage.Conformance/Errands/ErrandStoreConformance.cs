using CxOrchestrator.Core;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Storage.Conformance.Errands;

/// <summary>What <see cref="IErrandStore"/> promises.</summary>
public abstract class ErrandStoreConformance : StoreConformance
{
    private static readonly Errand Comment = new()
    {
        Key = "comment/1", Kind = ErrandKind.CommentOnCase, Connection = "", Subject = "invitation/1", Text = "从 3 到 1", AskedAt = Noon, DueAt = Noon, Reason = "why",
    };

    [SkippableFact]
    public async Task An_errand_is_kept_with_every_field_and_is_due_from_when_it_was_asked_for()
    {
        await AskAsync(Comment);

        Assert.Empty(await ClaimAsync(now: Noon.AddTicks(-10)));
        Same(Comment, Assert.Single(await ClaimAsync()));
    }

    [SkippableFact]
    public async Task An_errand_is_run_by_one_node_at_a_time_and_by_another_when_the_lease_has_ended()
    {
        await AskAsync(Errand.Person("crm", "7", Noon));

        Assert.Single(await ClaimAsync());
        Assert.Empty(await ClaimAsync(By("node-b", 30)));
        Assert.Single(await ClaimAsync(By("node-b", 60)));
    }

    [SkippableFact]
    public async Task A_dead_one_is_put_back_under_its_key_or_given_up_with_who_and_why()
    {
        await AskAsync(Comment, Comment with { Key = "comment/2" });
        foreach (var claimed in await ClaimAsync())
            await Store.Errands.CompleteAsync(By(), claimed with { State = ErrandState.Dead, DueAt = null, Attempts = 9, Reason = "no such ticket" }, Go);

        Assert.True(await Store.Errands.ReplayAsync("comment/1", Noon.AddHours(1), Go));
        Assert.True(await Store.Errands.DiscardAsync("comment/2", "discarded by Kim: a test", Go));

        Assert.False(await Store.Errands.ReplayAsync("comment/1", Noon, Go));
        Assert.False(await Store.Errands.ReplayAsync("comment/2", Noon, Go));
        Assert.False(await Store.Errands.DiscardAsync("comment/1", "it lives", Go));
        Assert.Equal("discarded by Kim: a test; it died of: no such ticket", Assert.Single(await Store.Errands.ListAsync(ErrandState.Discarded, 10, Go)).Reason);
        var back = Assert.Single(await ClaimAsync(By(seconds: 90), Noon.AddHours(1)));
        Assert.Equal(("comment/1", 0), (back.Key, back.Attempts));
    }

    [SkippableFact]
    public async Task Asked_for_twice_while_it_waits_it_is_run_once()
    {
        await AskAsync(Errand.Person("crm", "7", Noon), Errand.Person("crm", "8", Noon));
        await AskAsync(Errand.Person("crm", "7", Noon.AddMinutes(-1)));

        var claimed = await ClaimAsync();

        Assert.Equal([("7", 2), ("8", 1)], claimed.Select(one => (one.Subject, one.Asked)).Order());
    }

    [SkippableFact]
    public async Task Asked_for_again_while_it_is_run_it_is_run_again()
    {
        await AskAsync(Errand.Ticket("desk", "7", Noon));
        var claimed = Assert.Single(await ClaimAsync());
        await AskAsync(Errand.Ticket("desk", "7", Noon));
        Assert.Empty(await ClaimAsync(By("node-b")));

        await Store.Errands.CompleteAsync(By(), claimed with { State = ErrandState.Done, DueAt = null }, Go);

        var again = Assert.Single(await ClaimAsync(By("node-b")));
        await Store.Errands.CompleteAsync(By("node-b"), again with { State = ErrandState.Done, DueAt = null }, Go);
        Assert.Empty(await ClaimAsync(now: Noon.AddYears(1)));
    }

    [SkippableFact]
    public async Task One_that_is_put_off_keeps_its_place_also_where_it_is_asked_for_again()
    {
        await AskAsync(Errand.Ticket("desk", "7", Noon));
        var claimed = Assert.Single(await ClaimAsync());
        await Store.Errands.CompleteAsync(By(), claimed with { Attempts = 3, DueAt = Noon.AddHours(1), Reason = "busy" }, Go);
        await AskAsync(Errand.Ticket("desk", "7", Noon.AddMinutes(1)));

        Assert.Empty(await ClaimAsync(now: Noon.AddMinutes(59)));
        Assert.Equal((3, "busy"), Assert.Single(await ClaimAsync(now: Noon.AddHours(1))) is var due ? (due.Attempts, due.Reason) : default);
    }

    [SkippableFact]
    public async Task Of_one_that_is_asked_for_again_the_last_words_count()
    {
        await AskAsync(Errand.Ticket("desk", "7", Noon) with { Text = "open" });
        await AskAsync(Errand.Ticket("desk", "7", Noon.AddMinutes(1)) with { Text = "solved" });

        Assert.Equal("solved", Assert.Single(await ClaimAsync()).Text);
    }

    [SkippableFact]
    public async Task What_is_dead_is_kept_and_asked_for_again_begins_anew()
    {
        await AskAsync(Errand.Person("crm", "7", Noon));
        var claimed = Assert.Single(await ClaimAsync());
        await Store.Errands.CompleteAsync(By(), claimed with { State = ErrandState.Dead, DueAt = null, Attempts = 9, Reason = "no" }, Go);
        Assert.Equal("no", Assert.Single(await Store.Errands.ListAsync(ErrandState.Dead, 10, Go)).Reason);
        Assert.Empty(await ClaimAsync(now: Noon.AddYears(1)));

        await AskAsync(Errand.Person("crm", "7", Noon.AddDays(1)));

        Assert.Equal(0, Assert.Single(await ClaimAsync(now: Noon.AddDays(1))).Attempts);
    }

    [SkippableFact]
    public async Task What_was_said_once_is_never_said_again()
    {
        await AskAsync(Comment);
        var claimed = Assert.Single(await ClaimAsync());
        await AskAsync(Comment);
        await Store.Errands.CompleteAsync(By(), claimed with { State = ErrandState.Done, DueAt = null }, Go);
        await AskAsync(Comment);

        Assert.Empty(await ClaimAsync(now: Noon.AddYears(1)));
        Assert.Single(await Store.Errands.ListAsync(ErrandState.Done, 10, Go));
    }

    [SkippableFact]
    public async Task An_outcome_that_comes_after_the_lease_went_to_another_changes_nothing()
    {
        await AskAsync(Errand.Person("crm", "7", Noon));
        var claimed = Assert.Single(await ClaimAsync());
        Assert.Single(await ClaimAsync(By("node-b", 60)));

        await Store.Errands.CompleteAsync(By(), claimed with { State = ErrandState.Done, DueAt = null }, Go);

        Assert.Single(await Store.Errands.ListAsync(ErrandState.Waiting, 10, Go));
        Assert.Empty(await ClaimAsync(By("node-c", 90)));
    }

    [SkippableFact]
    public async Task A_new_start_takes_over_what_was_under_way()
    {
        await AskAsync(Errand.Person("crm", "7", Noon));
        await ClaimAsync();

        await Store.Nodes.RegisterAsync(new NodeIdentity { Id = "node-a", Name = "node-a", Folder = "/data" }, TimeSpan.FromHours(1), Go);
        await Store.Nodes.RegisterAsync(new NodeIdentity { Id = "node-b", Name = "node-a", Folder = "/data" }, TimeSpan.FromHours(1), Go);

        Assert.Single(await ClaimAsync(By("node-b", 1)));
    }

    private Task AskAsync(params Errand[] errands) => Store.Work.CommitAsync(new Effects { Errands = errands }, Go);

    private Task<IReadOnlyList<Errand>> ClaimAsync(Lease? lease = null, DateTimeOffset? now = null) =>
        Store.Errands.ClaimDueAsync(lease ?? By(), now ?? Noon, 100, Go);
}
