using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Sdk;
using CxOrchestrator.TestKit;
using CxOrchestrator.Web.Tests.Fakes;

namespace CxOrchestrator.Web.Tests.Surveys;

public sealed class SurveyDeskTests
{
    private static readonly CoreSettings Settings = new() { DataFolder = "/tmp", ContentFolder = "/tmp", PublicUrl = new Uri("https://cxo.example") };

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 6, 15, 0, 0, TimeSpan.Zero));
    private readonly InMemoryStores _stores = new();
    private readonly FakeContent _content = new();
    private readonly CustomerLinks _links = new(new LinkSigner(new byte[32]), Settings);
    private readonly Customer _customer = A.Customer("th-TH", "Asia/Bangkok", "สมชาย ใจดี");
    private readonly Invitation _invitation;

    public SurveyDeskTests()
    {
        _invitation = A.Invitation(_customer.Id, _time.GetUtcNow());
        _stores.Customers[_customer.Id] = _customer;
        _stores.Add(_invitation);
        _content.Surveys["nps"] = A.Nps("answer.score <= 6");
    }

    private SurveyDesk Desk => new(_stores, _stores, _content, _links, Settings, new Clocks(_time, _time));

    private string Token => _links.Survey(_invitation.Id).Split("/s/")[1];

    [Fact]
    public async Task An_answer_leaves_an_event_about_the_invitations_delivery_and_two_write_backs()
    {
        await AnswerAsync(9, "ดีมาก");

        var told = Assert.Single(_stores.Events);
        Assert.Equal((EventTypes.OwnSource, $"answer/{_invitation.Id:N}/1", EventTypes.SurveyAnswered), (told.Source, told.SourceId, told.Type));
        Assert.Equal((_customer.Id, _customer.Id.ToString("N"), _invitation.DeliveryId), (told.CustomerId, told.Subject, told.DeliveryId));
        Assert.Equal(
            """{"survey":"nps","score":9,"comment":"\u0E14\u0E35\u0E21\u0E32\u0E01","revision":1,"language":"th","touchpoint":"delivery","journey":"post-delivery-nps","invitation":"00000064000000070000000000000000"}""",
            told.Data.GetRawText());
        Assert.Equal([$"answer/{_invitation.Id:N}/1", $"score/{_invitation.Id:N}/1"], _stores.WriteBacks.Select(owed => owed.Key));
        Assert.Equal([CrmChangeKind.Answer, CrmChangeKind.Score], _stores.WriteBacks.Select(owed => owed.Kind));
        Assert.Equal("NPS 9, delivery", _stores.WriteBacks[0].Title);
        Assert.Equal(9, _stores.WriteBacks[1].Values.GetProperty("last_score").GetInt32());
        Assert.All(_stores.WriteBacks, owed => Assert.Equal(_time.GetUtcNow(), owed.DueAt));
        Assert.Empty(_stores.Cases);
    }

    [Fact]
    public async Task An_unhappy_answer_opens_a_case_with_owner_due_time_and_the_customers_words()
    {
        await AnswerAsync(3, "ช้ามาก");

        var opened = Assert.Single(_stores.Cases);
        Assert.Equal((Case.OriginOf(_invitation.Id), "detractor", "care-team", CaseState.Opening), (opened.Origin, opened.Kind, opened.Owner, opened.State));
        // Friday afternoon in Bangkok is Friday night; the next business day is Monday.
        Assert.Equal(DayOfWeek.Monday, TimeZoneInfo.ConvertTime(opened.DueAt, TimeZoneInfo.FindSystemTimeZoneById("Asia/Bangkok")).DayOfWeek);
        Assert.Equal("สมชาย ใจดี: NPS 3, delivery", opened.Subject);
        Assert.Contains("ช้ามาก", opened.Body, StringComparison.Ordinal);
        Assert.Contains("Answered: 3 on a scale from 0 to 10", opened.Body, StringComparison.Ordinal);
        Assert.Contains("Language: th", opened.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_turns_unhappy_opens_the_case_and_only_one()
    {
        await AnswerAsync(9, "");
        Assert.Empty(_stores.Cases);
        _time.Advance(TimeSpan.FromMinutes(10));
        await AnswerAsync(2, "no");
        await AnswerAsync(1, "no!");

        Assert.Single(_stores.Cases);
        Assert.Equal(3, _stores.Events.Count);
        Assert.Equal(_time.GetUtcNow().AddMinutes(-10), _stores.Responses.Single().AnsweredAt);
    }

    [Fact]
    public async Task A_case_rule_that_can_not_be_evaluated_keeps_the_answer_and_says_so()
    {
        _content.Surveys["nps"] = A.Nps("answer.score | no_such_function");

        var outcome = await AnswerAsync(2, "");

        Assert.Equal(AnswerResult.Recorded, outcome.Result);
        Assert.NotNull(outcome.CaseRuleError);
        Assert.Single(_stores.Events);
    }

    [Fact]
    public async Task Whoever_is_overtaken_reads_again_so_that_every_revision_is_stored_once()
    {
        var overtaken = false;
        _stores.BeforeRecord = async () =>
        {
            if (overtaken)
                return;
            overtaken = true;
            await AnswerAsync(5, "first");
        };

        await AnswerAsync(8, "second");

        Assert.Equal((8, 2), (_stores.Responses.Single().Score!.Value, _stores.Responses.Single().Revision));
        Assert.Equal([1, 2], _stores.Events.Select(told => told.Data.GetProperty("revision").GetInt32()));
    }

    [Fact]
    public async Task The_same_answer_from_many_presses_at_once_is_one_revision()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AnswerAsync(8, "same"))));

        Assert.Single(outcomes, outcome => outcome.Result == AnswerResult.Recorded);
        Assert.Single(_stores.Events);
    }

    [Fact]
    public async Task Every_fault_is_told_and_nothing_stored()
    {
        _content.Surveys["nps"] = A.Nps(commentRequired: true);

        Assert.Equal([AnswerFault.ScoreMissing, AnswerFault.CommentMissing], (await AnswerAsync(null, " \0\r\n")).Faults);
        Assert.Equal([AnswerFault.ScoreOutOfRange, AnswerFault.CommentTooLong], (await AnswerAsync(11, new string('x', 4_001))).Faults);
        Assert.Empty(_stores.Responses);
    }

    [Fact]
    public async Task A_comment_alone_is_an_answer_where_the_survey_takes_it()
    {
        _content.Surveys["nps"] = A.Nps(scoreRequired: false);

        Assert.Equal(AnswerResult.Recorded, (await AnswerAsync(null, "just words")).Result);
        Assert.Equal(CrmChangeKind.Answer, Assert.Single(_stores.WriteBacks).Kind);
    }

    [Fact]
    public async Task A_last_minute_answer_may_be_changed_for_its_hour_though_the_link_has_expired()
    {
        _time.AdvanceTo(_invitation.ExpiresAt.AddMinutes(-1));
        await AnswerAsync(9, "");
        _time.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(AnswerResult.Recorded, (await AnswerAsync(7, "")).Result);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((AnswerResult.NotOpen, VisitState.Closed), (await AnswerAsync(6, "")) is { } late ? (late.Result, late.Visit.State) : default);
    }

    private Task<AnswerOutcome> AnswerAsync(int? score, string comment) =>
        Desk.AnswerAsync(Token, new SurveyAnswer(score, comment, "th"), CancellationToken.None);
}
