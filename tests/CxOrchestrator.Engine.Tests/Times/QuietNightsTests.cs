using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Times;

/// <summary>What decides about sending, asked in every zone over a year: nobody is sent anything in their quiet hours, and nobody waits longer than these last.</summary>
public sealed class QuietNightsTests
{
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    // Over midnight; within the night; ends where clocks skip (2 to 3, midnight to 1) or repeat; begins there; a minute; almost the whole day.
    [InlineData("21:00", "08:00")]
    [InlineData("00:00", "06:00")]
    [InlineData("22:00", "02:30")]
    [InlineData("20:00", "00:00")]
    [InlineData("18:00", "00:30")]
    [InlineData("02:15", "07:00")]
    [InlineData("23:30", "23:45")]
    [InlineData("01:30", "01:29")]
    public async Task Nobody_in_any_zone_is_sent_anything_in_their_quiet_hours_in_a_year(string from, string to)
    {
        var (begins, ends) = (TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));
        await using var world = await World.WithAsync(settings => settings with { Sending = new SendingSettings { QuietFrom = begins, QuietTo = ends } });
        var (decider, facts, deliveries) = await EverybodyAsync(world);
        var (went, waited) = (0, 0);
        // No night is longer than its hours and what a change of the clocks adds; a change may skip the whole of a short day, so that the next one is waited for.
        var longest = (ends - begins) + TimeSpan.FromHours(ends - begins > TimeSpan.FromHours(22) ? 27 : 3);
        foreach (var (zone, delivery) in deliveries)
        {
            foreach (var now in Moments(zone))
            {
                switch (decider.Decide(delivery, facts, now))
                {
                    case Verdict.Go:
                        went++;
                        Assert.False(IsQuiet(now, zone), $"{zone.Id}: sent at {now:u}, {ZoneYear.Local(now, zone)}");
                        break;
                    case Verdict.Later later:
                        waited++;
                        Assert.True(IsQuiet(now, zone), $"{zone.Id}: kept at {now:u}, {ZoneYear.Local(now, zone)}");
                        Assert.False(IsQuiet(later.Due, zone), $"{zone.Id}: kept at {now:u} until {later.Due:u}, {ZoneYear.Local(later.Due, zone)}");
                        Assert.InRange(later.Due - now, TimeSpan.FromSeconds(1), longest);
                        Assert.IsType<Verdict.Go>(decider.Decide(delivery, facts, later.Due));
                        break;
                    default:
                        Assert.Fail($"{zone.Id}: neither sent nor kept");
                        break;
                }
            }
        }

        Assert.True(went > 100 && waited > 100, $"{went} went, {waited} waited");

        bool IsQuiet(DateTimeOffset at, TimeZoneInfo zone)
        {
            var local = TimeOnly.FromDateTime(ZoneYear.Local(at, zone));
            return begins < ends ? local >= begins && local < ends : local >= begins || local < ends;
        }
    }

    [Fact]
    public async Task Quiet_hours_that_begin_when_they_end_are_none_and_service_messages_know_none()
    {
        var six = new TimeOnly(6, 0);
        await using var none = await World.WithAsync(settings => settings with { Sending = new SendingSettings { QuietFrom = six, QuietTo = six } });
        var (decider, facts, deliveries) = await EverybodyAsync(none);
        foreach (var (zone, delivery) in deliveries)
            Assert.All(Moments(zone).Take(100), now => Assert.IsType<Verdict.Go>(decider.Decide(delivery, facts, now)));

        await using var night = await World.WithAsync(settings => settings with { Sending = new SendingSettings { QuietFrom = new TimeOnly(0, 1), QuietTo = new TimeOnly(0, 0) } });
        (decider, facts, deliveries) = await EverybodyAsync(night);
        foreach (var (zone, delivery) in deliveries)
            Assert.All(Moments(zone).Take(100), now => Assert.IsType<Verdict.Go>(decider.Decide(delivery with { Purpose = Purpose.Service }, facts, now)));
    }

    // The whole year at odd steps, and a day and a night around each change of the clocks closely.
    private static IEnumerable<DateTimeOffset> Moments(TimeZoneInfo zone)
    {
        foreach (var change in ZoneYear.Changes(zone, NewYear, 365))
        {
            yield return change.AddSeconds(-1);
            yield return change;
            for (var minutes = -26 * 60; minutes <= 26 * 60; minutes += 13)
                yield return change.AddMinutes(minutes);
        }

        for (var minutes = 0; minutes < 365 * 24 * 60; minutes += 1_447)
            yield return NewYear.AddMinutes(minutes);
    }

    private static async Task<(SendDecider Decider, SendingFacts Facts, IReadOnlyList<(TimeZoneInfo, Delivery)> Deliveries)> EverybodyAsync(World world)
    {
        var zones = ZoneYear.Zones;
        Assert.True(zones.Count > 400, $"{zones.Count} zones");
        var drafts = zones.Select((zone, number) => new CustomerDraft(
            [new ExternalId("shop", $"c{number}")], zone.Id, null, "en", zone.Id, [new ContactPoint(Channel.Email, $"c{number}@example.test")], Json.EmptyObject)).ToList();
        var added = await world.Get<ICustomerStore>().UpsertAsync(drafts, NewYear, CancellationToken.None);
        var deliveries = added.Select(one => new Delivery
        {
            Id = Ids.New(NewYear), CustomerId = one.Id, EnrolmentId = Ids.New(NewYear), StepId = "1", Occurrence = 1, Journey = "j", Message = "hello",
            Purpose = Purpose.Feedback, Via = [Channel.Email], PlannedAt = NewYear, ChangedAt = NewYear,
        }).ToList();
        await world.PublishAsync(Words.Journey("j", "- send: hello"));
        await world.Get<Core.Content.IPublishedContent>().RefreshAsync(CancellationToken.None);
        var facts = await world.Get<ISendingFactStore>().ReadAsync(deliveries, CancellationToken.None);
        return (world.Get<SendDecider>(), facts, [.. zones.Zip(deliveries)]);
    }
}
