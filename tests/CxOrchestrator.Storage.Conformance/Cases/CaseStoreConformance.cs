using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;

namespace CxOrchestrator.Storage.Conformance.Cases;

/// <summary>What <see cref="ICaseStore"/> promises.</summary>
public abstract class CaseStoreConformance : StoreConformance
{
    [Fact]
    public async Task A_case_is_found_by_its_ticket_in_its_connection()
    {
        var one = Some.Case();
        await Store.Work.CommitAsync(new Effects { Cases = [one, Some.Case()] }, Go);
        await Store.Cases.SaveAsync(one with { State = CaseState.Open, Connection = "desk", TicketId = "7" }, null, Effects.None, Go);

        Assert.Equal(one.Id, Assert.Single(await Store.Cases.FindAsync("desk", ["7", "8", "7"], Go)).Id);
        Assert.Empty(await Store.Cases.FindAsync("other", ["7"], Go));
    }

    [Fact]
    public async Task A_case_comes_back_with_every_field()
    {
        var whole = Some.Case() with
        {
            Origin = "enrolment/1/open/2", InvitationId = Some.Key(), EnrolmentId = Some.Key(), Owner = "客服", Subject = "得分 2", Body = "ช้ามาก\nมาก", State = CaseState.Open,
            Connection = "desk", TicketId = "T-1", Attempts = 3, Reason = "opened", OpenedAt = Noon.AddTicks(10), ChangedAt = Noon.AddTicks(20),
        };

        await OpenAsync(whole);

        Same(whole, await Store.Cases.FindAsync("enrolment/1/open/2", Go));
        Assert.Null(await Store.Cases.FindAsync("enrolment/1/open/3", Go));
    }

    [Fact]
    public async Task One_origin_is_one_case()
    {
        var first = Some.Case();
        await OpenAsync(first, first with { Id = Some.Key(), Kind = "other" });

        Same(first, Assert.Single(await Store.Cases.ListAsync(null, 10, Go)));
    }

    [Fact]
    public async Task The_oldest_to_open_are_claimed_first_up_to_the_limit()
    {
        var cases = Enumerable.Range(0, 4).Select(i => Some.Case() with { OpenedAt = Noon.AddMinutes(i - 9) }).ToArray();
        await OpenAsync([.. Enumerable.Reverse(cases), Some.Case() with { State = CaseState.Open }, Some.Case() with { State = CaseState.Refused }]);

        Assert.Equal(cases.Take(3).Select(one => one.Id), (await ClaimAsync(limit: 3)).Select(one => one.Id));
        Assert.Equal(cases.Skip(3).Select(one => one.Id), (await ClaimAsync()).Select(one => one.Id));
    }

    [Fact]
    public async Task A_claimed_case_is_nobody_elses_until_its_lease_ends()
    {
        await OpenAsync(Some.Case());

        Assert.Single(await ClaimAsync(By("node-a")));
        Assert.Empty(await ClaimAsync(By("node-b", 59)));
        Assert.Single(await ClaimAsync(By("node-b", 60)));
    }

    [Fact]
    public async Task Several_claimers_never_get_the_same_case()
    {
        var cases = Enumerable.Range(0, 60).Select(_ => Some.Case()).ToArray();
        await OpenAsync(cases);
        var other = await AnotherProcessAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(async () =>
        {
            var claimed = new List<Guid>();
            while (await (n % 2 == 0 ? Store : other).Cases.ClaimOpeningAsync(By($"node-{n}"), Noon, 4, Go) is { Count: > 0 } page)
                claimed.AddRange(page.Select(one => one.Id));
            return claimed;
        })));

        Assert.Equal(cases.Select(one => one.Id).Order(), claims.SelectMany(keys => keys).Order());
    }

    [Fact]
    public async Task A_case_that_was_opened_is_stored_with_its_effects_and_not_claimed_again()
    {
        await OpenAsync(Some.Case());
        var claimed = Assert.Single(await ClaimAsync());
        var opened = claimed with { State = CaseState.Open, Connection = "desk", TicketId = "T-1", Attempts = 1, ChangedAt = Noon.AddMinutes(1) };

        await Store.Cases.SaveAsync(opened, null, new Effects { WriteBacks = [Some.WriteBack()], Events = [Some.Event()] }, Go);

        Same(opened, await Store.Cases.FindAsync(claimed.Origin, Go));
        Assert.Empty(await ClaimAsync(By(seconds: 999), now: Noon.AddYears(1)));
        Assert.Single(await Store.WriteBacks.ClaimDueAsync(By(), Noon, 10, Go));
        Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go));
    }

    [Fact]
    public async Task A_case_that_could_not_be_opened_is_claimed_again_when_it_is_to_be_tried()
    {
        await OpenAsync(Some.Case());
        var claimed = Assert.Single(await ClaimAsync());

        await Store.Cases.SaveAsync(claimed with { Attempts = 1, Reason = "503" }, Noon.AddMinutes(5), Effects.None, Go);

        Assert.Empty(await ClaimAsync(now: Noon.AddMinutes(5).AddTicks(-10)));
        Assert.Equal("503", Assert.Single(await ClaimAsync(now: Noon.AddMinutes(5))).Reason);
    }

    [Fact]
    public async Task A_node_that_comes_late_with_try_again_does_not_open_anew_what_stands_open()
    {
        await OpenAsync(Some.Case());
        var claimed = Assert.Single(await ClaimAsync());
        await Store.Cases.SaveAsync(claimed with { State = CaseState.Open, TicketId = "T-1" }, null, Effects.None, Go);

        await Store.Cases.SaveAsync(claimed with { Attempts = 1 }, Noon, new Effects { Events = [Some.Event()] }, Go);

        Assert.Equal(CaseState.Open, (await Store.Cases.FindAsync(claimed.Origin, Go))!.State);
        Assert.Empty(await Store.Events.ClaimAsync(By(), 10, Go));
    }

    [Fact]
    public async Task What_the_helpdesk_tells_of_an_open_case_is_stored()
    {
        var open = Some.Case() with { State = CaseState.Open, Connection = "desk", TicketId = "T-1" };
        await OpenAsync(open);

        await Store.Cases.SaveAsync(open with { State = CaseState.Solved, ChangedAt = Noon.AddDays(1) }, null, Effects.None, Go);

        Assert.Equal(CaseState.Solved, (await Store.Cases.FindAsync(open.Origin, Go))!.State);
    }

    [Fact]
    public async Task A_change_whose_effects_fail_is_not_stored()
    {
        await OpenAsync(Some.Case());
        var claimed = Assert.Single(await ClaimAsync());

        await Assert.ThrowsAnyAsync<Exception>(() => Store.Cases.SaveAsync(
            claimed with { State = CaseState.Open }, null, new Effects { Events = [Some.Event() with { Type = null! }] }, Go));

        Assert.Equal(CaseState.Opening, (await Store.Cases.FindAsync(claimed.Origin, Go))!.State);
    }

    [Fact]
    public async Task A_case_that_does_not_exist_cannot_be_saved() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Cases.SaveAsync(Some.Case(), null, Effects.None, Go));

    [Fact]
    public async Task Cases_are_listed_earliest_due_first_and_counted_by_state()
    {
        var cases = Enumerable.Range(0, 6).Select(i => Some.Case() with { DueAt = Noon.AddHours(-i), State = i % 2 == 0 ? CaseState.Open : CaseState.Solved }).ToArray();
        await OpenAsync(cases);

        Assert.Equal([cases[5].Id, cases[4].Id], (await Store.Cases.ListAsync(null, 2, Go)).Select(one => one.Id));
        Assert.Equal([cases[4].Id, cases[2].Id, cases[0].Id], (await Store.Cases.ListAsync(CaseState.Open, 10, Go)).Select(one => one.Id));
        Assert.Empty(await Store.Cases.ListAsync(CaseState.Refused, 10, Go));
        Assert.Equal((3, 3), ((await Store.Cases.CountAsync(Go))[CaseState.Open], (await Store.Cases.CountAsync(Go))[CaseState.Solved]));
    }

    private Task OpenAsync(params Case[] cases) => Store.Work.CommitAsync(new Effects { Cases = cases }, Go);

    private Task<IReadOnlyList<Case>> ClaimAsync(Lease? lease = null, DateTimeOffset? now = null, int limit = 100) =>
        Store.Cases.ClaimOpeningAsync(lease ?? By(), now ?? Noon, limit, Go);
}
