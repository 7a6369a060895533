using CxOrchestrator.Plugins.EmailSmtp.Pool;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

public sealed class DomainPaceTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void No_second_takes_more_than_its_share_and_what_is_left_over_is_spread_out()
    {
        var pace = new DomainPace(5, 0, _clock);
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            waits.Add(pace.TryEnter("example.com", out var wait) ? 0 : Math.Round(wait.TotalSeconds, 3));
        }

        Assert.Equal([0, 0, 0, 0, 0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4], waits);
    }

    [Fact]
    public void Who_comes_back_when_told_gets_in()
    {
        var pace = new DomainPace(5, 0, _clock);
        for (var i = 0; i < 5; i++)
        {
            pace.TryEnter("example.com", out _);
        }

        Assert.False(pace.TryEnter("example.com", out var wait));
        _clock.Advance(wait);
        Assert.True(pace.TryEnter("EXAMPLE.com", out _));
        Assert.False(pace.TryEnter("example.com", out _));
        Assert.True(pace.TryEnter("another.example", out _));
    }

    [Fact]
    public void No_wait_is_longer_than_a_minute()
    {
        var pace = new DomainPace(1, 0, _clock);
        var longest = Enumerable.Range(0, 500).Max(_ => pace.TryEnter("example.com", out var wait) ? TimeSpan.Zero : wait);

        Assert.Equal(TimeSpan.FromMinutes(1), longest);
    }

    [Fact]
    public void So_many_at_once_and_no_more_until_one_has_left()
    {
        var pace = new DomainPace(0, 2, _clock);
        Assert.True(pace.TryEnter("example.com", out _));
        Assert.True(pace.TryEnter("example.com", out _));
        Assert.False(pace.TryEnter("example.com", out var wait));
        Assert.Equal(TimeSpan.FromSeconds(1), wait);

        pace.Leave("example.com");
        Assert.True(pace.TryEnter("example.com", out _));
    }

    [Fact]
    public void Many_domains_are_forgotten_when_they_are_idle()
    {
        var pace = new DomainPace(1, 0, _clock);
        for (var i = 0; i < 25_000; i++)
        {
            Assert.True(pace.TryEnter($"d{i}.example", out _));
            pace.Leave($"d{i}.example");
            _clock.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    [Fact]
    public async Task What_is_too_much_is_deferred_with_the_wait_and_never_reaches_the_server()
    {
        await using var rig = new SmtpRig(change: settings => settings.DomainMessagesPerSecond = 3, clock: _clock);
        var results = new List<SendResult>();
        for (var i = 0; i < 4; i++)
        {
            results.Add(await rig.SendAsync(AnEmail().To("anna@example.com").Build()));
        }

        var deferred = Assert.IsType<SendDeferred>(results[3]);
        Assert.InRange(deferred.RetryAfter!.Value.TotalSeconds, 0.3, 0.4);
        Assert.Equal(3, rig.Server.Mails.Count);
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().To("anna@elsewhere.example").Build()));
    }

    [Fact]
    public async Task A_place_is_given_back_whatever_becomes_of_the_message()
    {
        await using var rig = new SmtpRig(change: settings => settings.DomainConcurrency = 1);
        rig.Server.Reply(SmtpStage.Rcpt, "550 5.1.1 No such user", times: 1).Drop(SmtpStage.Mail, times: 1, skip: 1);

        Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsNotType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
    }
}
