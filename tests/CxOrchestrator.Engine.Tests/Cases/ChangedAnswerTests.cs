using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Cases;

public sealed class ChangedAnswerTests
{
    private static readonly Guid Invitation = Guid.Parse("0190aaaa-0000-7000-8000-000000000001");

    [Theory]
    [InlineData(1, 3, "changed the answer: from 3 to 1")]
    [InlineData(3, 3, "changed the answer; the score is 3")]
    [InlineData(9, 3, null)]
    public async Task A_change_that_is_not_for_the_better_is_told_on_the_ticket_once(int score, int previous, string? says)
    {
        await using var world = await OpenAsync();
        await world.PassAsync(TimeSpan.FromMinutes(5));

        await AnswerAsync(world, score, previous);
        await AnswerAsync(world, score, previous);

        if (says is null)
            Assert.Empty(world.Fake.Comments);
        else
            Assert.Equal(("ticket-1", $"comment/{Case.OriginOf(Invitation)}/2", true), Assert.Single(world.Fake.Comments) is var told ? (told.Ticket, told.Key, told.Text.Contains(says, StringComparison.Ordinal) && told.Text.Contains("rude 司机", StringComparison.Ordinal)) : default);
    }

    [Fact]
    public async Task A_comment_whose_answer_was_lost_is_sent_again_under_the_same_key()
    {
        await using var world = await OpenAsync();
        await world.PassAsync(TimeSpan.FromMinutes(5));
        world.Fake.OnComment = key => world.Fake.Comments.Count == 1 ? throw new InvalidOperationException("cut") : WriteResult.Written(key);

        await AnswerAsync(world, 1, 3);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(2, world.Fake.Comments.Count);
        Assert.Single(world.Fake.Comments.Select(told => told.Key).Distinct());
        Assert.Single(await world.Get<IErrandStore>().ListAsync(ErrandState.Done, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_comment_waits_for_the_ticket_and_one_that_is_refused_says_why()
    {
        await using var world = await OpenAsync(WriteResult.Retry("busy"));
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await AnswerAsync(world, 1, 3);
        Assert.Empty(world.Fake.Comments);

        world.Fake.OnTicket = _ => WriteResult.Written("ticket-1");
        world.Fake.OnComment = _ => WriteResult.Refused("403", "may not comment");
        await world.PassAsync(TimeSpan.FromHours(2));

        Assert.Single(world.Fake.Comments);
        Assert.Equal("fake refused it: 403 may not comment", Assert.Single(await world.Get<IErrandStore>().ListAsync(ErrandState.Dead, 10, CancellationToken.None)).Reason);
    }

    private static async Task<World> OpenAsync(WriteResult? opening = null)
    {
        var world = await World.WithAsync();
        world.Fake.OnTicket = _ => opening ?? WriteResult.Written("ticket-1");
        var anna = await world.CustomerAsync("anna");
        var opened = new Case
        {
            Id = Ids.New(world.Now), CustomerId = anna.Id, Origin = Case.OriginOf(Invitation), Kind = "detractor", InvitationId = Invitation, Owner = "care",
            DueAt = world.Now.AddDays(1), Subject = "NPS 3", Body = "slow", OpenedAt = world.Now, ChangedAt = world.Now,
        };
        await world.Get<IWork>().CommitAsync(new Effects { Cases = [opened] }, CancellationToken.None);
        await world.RunAsync();
        return world;
    }

    private static async Task AnswerAsync(World world, int score, int previous)
    {
        var anna = await world.CustomerAsync("anna");
        var answer = new CustomerEvent
        {
            Id = Ids.New(world.Now), Source = EventTypes.OwnSource, SourceId = $"answer/{Ids.New(world.Now):N}", Type = EventTypes.SurveyAnswered, Subject = "anna",
            CustomerId = anna.Id, Time = world.Now, ReceivedAt = world.Now,
            Data = Json.Parse($$"""{ "survey": "nps", "score": {{score}}, "previous_score": {{previous}}, "comment": "rude 司机", "revision": 2, "invitation": "{{Invitation:N}}" }"""),
        };
        await world.Get<IEventStore>().AppendAsync([answer], CancellationToken.None);
        await world.RunAsync();
    }
}
