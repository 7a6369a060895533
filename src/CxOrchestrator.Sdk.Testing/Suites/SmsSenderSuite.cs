using CxOrchestrator.Sdk.Testing.Builders;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ISmsSender"/> promises.</summary>
public abstract class SmsSenderSuite : ConnectorSuite<ISmsSender>
{
    /// <summary>What arrived at the service, in order.</summary>
    protected abstract Task<IReadOnlyList<SmsMessage>> ArrivedAsync();

    /// <summary>Customers read every script.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task A_message_in_any_script_is_accepted_and_arrives_as_it_was_written(string text)
    {
        var message = Some.ASms(text);

        Assert.IsType<SendAccepted>(await Subject.SendAsync(message, default));
        Assert.Equal(message, Assert.Single(await ArrivedAsync()));
    }

    /// <summary>A key that is honoured counts once; one that isn't is sent as often as it is handed over.</summary>
    [Fact]
    public async Task The_same_key_twice_arrives_as_often_as_the_connector_says()
    {
        var message = Some.ASms();
        Assert.IsType<SendAccepted>(await Subject.SendAsync(message, default));
        Assert.IsType<SendAccepted>(await Subject.SendAsync(message, default));

        Assert.Equal(Subject.HonoursKey ? 1 : 2, (await ArrivedAsync()).Count(arrived => arrived.Key == message.Key));
    }

    /// <summary>Calls come from several threads.</summary>
    [Fact]
    public async Task Many_messages_at_once_each_arrive_once()
    {
        var messages = Enumerable.Range(0, 50).Select(_ => Some.ASms()).ToList();

        var results = await Task.WhenAll(messages.Select(message => Subject.SendAsync(message, default)));

        Assert.All(results, result => Assert.IsType<SendAccepted>(result));
        Assert.Equal(messages.Select(message => message.Key).Order(), (await ArrivedAsync()).Select(arrived => arrived.Key).Order());
    }

    /// <summary>A cancelled call is not a sent message.</summary>
    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.SendAsync(Some.ASms(), new CancellationToken(true)));

        Assert.Empty(await ArrivedAsync());
    }

    /// <summary>A bad number is an outcome.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("call me")]
    [InlineData("+")]
    public async Task A_number_that_is_none_is_rejected_as_bad(string number)
    {
        var rejected = Assert.IsType<SendRejected>(await Subject.SendAsync(Some.ASms() with { To = number }, default));

        Assert.True(rejected.AddressInvalid);
        Assert.Empty(await ArrivedAsync());
    }

    /// <summary>An outage is an outcome, and never an acceptance or a refusal.</summary>
    [Fact]
    public async Task A_service_that_can_not_be_reached_is_a_result_and_loses_nothing()
    {
        var result = await WithoutServiceAsync(sender => sender.SendAsync(Some.ASms(), default));

        Assert.True(result is SendDeferred or SendUnknown, result.ToString());
    }
}
