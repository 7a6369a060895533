using CxOrchestrator.Core;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Storage.Conformance.Surveys;

/// <summary>What <see cref="ISurveyStore"/> promises.</summary>
public abstract class SurveyStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task An_invitation_comes_back_with_every_field()
    {
        var invitation = Some.Invitation(Some.Enrolment()) with
        {
            SurveyVersion = 4, DeliveryId = Some.Key(), Touchpoint = "การจัดส่ง", CreatedAt = Noon.AddTicks(10), ExpiresAt = Noon.AddDays(30).AddTicks(20),
        };

        await InviteAsync(invitation);

        Same(new InvitationState(invitation, null), await Store.Surveys.FindAsync(invitation.Id, Go));
    }

    [SkippableFact]
    public async Task There_is_no_invitation_by_an_unknown_key() => Assert.Null(await Store.Surveys.FindAsync(Some.Key(), Go));

    [SkippableFact]
    public async Task The_invitation_of_an_enrolment_is_found_by_survey()
    {
        var enrolment = Some.Enrolment();
        var (nps, csat) = (Some.Invitation(enrolment), Some.Invitation(enrolment) with { Survey = "csat" });
        await InviteAsync(nps, csat, Some.Invitation());

        Same(csat, await Store.Surveys.FindAsync(enrolment.Id, "csat", Go));
        Assert.Null(await Store.Surveys.FindAsync(enrolment.Id, "ces", Go));
        Assert.Null(await Store.Surveys.FindAsync(Some.Key(), "nps", Go));
    }

    [SkippableFact]
    public async Task A_response_is_stored_with_every_field_and_its_effects()
    {
        var invitation = await InvitedAsync();
        var response = Some.Response(invitation, 0) with { Comment = "دیر رسید \0 😠", Language = "fa", AnsweredAt = Noon.AddTicks(10), ChangedAt = Noon.AddTicks(10) };

        Assert.True(await RecordAsync(response, Some.Event()));

        Same(new InvitationState(invitation, response), await Store.Surveys.FindAsync(invitation.Id, Go));
        Assert.Single(await Store.Events.ClaimAsync(By(), 10, Go));
    }

    [SkippableFact]
    public async Task A_response_without_score_is_stored()
    {
        var invitation = await InvitedAsync();

        await RecordAsync(Some.Response(invitation) with { Score = null, Comment = "" });

        var stored = (await Store.Surveys.FindAsync(invitation.Id, Go))!.Response!;
        Assert.Equal((null, ""), (stored.Score, stored.Comment));
    }

    [SkippableFact]
    public async Task A_change_follows_the_revision_before_it()
    {
        var invitation = await InvitedAsync();
        var first = Some.Response(invitation, 9);
        await RecordAsync(first);
        var changed = first with { Score = 2, Comment = "worse", Language = "pt", ChangedAt = Noon.AddMinutes(5), Revision = 2 };

        Assert.True(await RecordAsync(changed));

        Same(changed, (await Store.Surveys.FindAsync(invitation.Id, Go))!.Response);
    }

    [SkippableTheory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    public async Task Any_other_revision_is_refused_with_its_effects(int stored, int offered)
    {
        var invitation = await InvitedAsync();
        for (var revision = 1; revision <= stored; revision++)
            await RecordAsync(Some.Response(invitation, 9) with { Revision = revision });

        Assert.False(await RecordAsync(Some.Response(invitation, 1) with { Revision = offered }, Some.Event()));

        Assert.NotEqual(1, (await Store.Surveys.FindAsync(invitation.Id, Go))!.Response?.Score);
        Assert.Empty(await Store.Events.ClaimAsync(By(), 10, Go));
    }

    [SkippableFact]
    public async Task Of_many_answers_at_once_one_is_taken()
    {
        var invitation = await InvitedAsync();
        var other = await AnotherProcessAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(score => Task.Run(
            () => (score % 2 == 0 ? Store : other).Surveys.RecordAsync(
                Some.Response(invitation, score), new Effects { Events = [Some.Event()] }, Go))));

        Assert.Equal(1, taken.Count(one => one));
        Assert.Equal(1, (await Store.Events.CountAsync(Go)).Stored);
    }

    [SkippableFact]
    public async Task A_response_whose_effects_fail_is_not_stored()
    {
        var invitation = await InvitedAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => RecordAsync(Some.Response(invitation), Some.Event() with { Source = null! }));

        Assert.Null((await Store.Surveys.FindAsync(invitation.Id, Go))!.Response);
    }

    [SkippableFact]
    public async Task A_comment_of_five_million_letters_is_kept()
    {
        var invitation = await InvitedAsync();
        var comment = new string('ก', 5_000_000);

        await RecordAsync(Some.Response(invitation) with { Comment = comment });

        Assert.True(comment == (await Store.Surveys.FindAsync(invitation.Id, Go))!.Response!.Comment);
    }

    [SkippableFact]
    public async Task Scores_are_counted_by_survey_and_journey_since_a_time()
    {
        foreach (var (journey, score, hour) in new[] { ("a", 9, 1), ("a", 9, 2), ("a", 3, 2), ("b", 9, 2), ("b", 9, -1) })
        {
            var invitation = Some.Invitation() with { Journey = journey };
            await InviteAsync(invitation);
            await RecordAsync(Some.Response(invitation, score) with { AnsweredAt = Noon.AddHours(hour) });
        }

        Assert.Equal(
            [new("nps", "a", 3, 1), new("nps", "a", 9, 2), new ScoreCount("nps", "b", 9, 1)],
            (await Store.Surveys.ScoresAsync(Noon, Go)).OrderBy(count => count.Journey).ThenBy(count => count.Score));
    }

    private Task InviteAsync(params Invitation[] invitations) => Store.Work.CommitAsync(new Effects { Invitations = invitations }, Go);

    private async Task<Invitation> InvitedAsync()
    {
        var invitation = Some.Invitation();
        await InviteAsync(invitation);
        return invitation;
    }

    private Task<bool> RecordAsync(Response response, params Core.Events.CustomerEvent[] events) =>
        Store.Surveys.RecordAsync(response, new Effects { Events = events }, Go);
}
