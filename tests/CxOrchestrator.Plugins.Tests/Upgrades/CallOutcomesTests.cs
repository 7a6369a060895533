using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Upgrades;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests.Upgrades;

public sealed class CallOutcomesTests
{
    [Fact]
    public void A_send_that_nobody_knows_of_or_that_is_put_off_is_trouble_and_a_refused_one_is_not()
    {
        Assert.Equal(CallOutcome.Good, OfSend(SendResult.Accepted()));
        Assert.Equal(CallOutcome.Trouble, OfSend(SendResult.Unknown("cut off")));
        Assert.Equal(CallOutcome.Trouble, OfSend(SendResult.Deferred("busy")));
        Assert.Equal(CallOutcome.Rejected, OfSend(SendResult.Rejected("5.1.1", "nobody")));
    }

    [Fact]
    public void A_batch_is_as_good_as_its_worst_change()
    {
        Assert.Equal(CallOutcome.Good, OfWrites());
        Assert.Equal(CallOutcome.Good, OfWrites(WriteResult.Written("1")));
        Assert.Equal(CallOutcome.Rejected, OfWrites(WriteResult.Written("1"), WriteResult.Refused("400", "no")));
        Assert.Equal(CallOutcome.Trouble, OfWrites(WriteResult.Retry("busy"), WriteResult.Refused("400", "no")));
    }

    [Fact]
    public void A_call_that_failed_is_trouble_and_one_that_was_not_made_is_nothing()
    {
        Assert.Equal(CallOutcome.Trouble, CallOutcomes.Of(new CallResult<WriteResult>.Failed("it threw"), typeof(ITicketWriter)));
        Assert.Null(CallOutcomes.Of(new CallResult<WriteResult>.NotCalled("full", TimeSpan.Zero), typeof(ITicketWriter)));
    }

    [Fact]
    public void A_probe_that_finds_trouble_is_trouble()
    {
        Assert.Equal(CallOutcome.Trouble, Of(new HealthReport(false, "no"), typeof(IHealthProbe)));
        Assert.Equal(CallOutcome.Good, Of(new HealthReport(true, "yes"), typeof(IHealthProbe)));
    }

    [Fact]
    public void Somebody_else_s_bad_signature_says_nothing_of_the_receiver_and_its_own_error_does()
    {
        Assert.Null(Of(new WebhookResult(false, [], 401), typeof(IWebhookReceiver)));
        Assert.Equal(CallOutcome.Good, Of(WebhookResult.Taken(), typeof(IWebhookReceiver)));
        Assert.Equal(CallOutcome.Trouble, Of(new WebhookResult(true, [], 500), typeof(IWebhookReceiver)));
    }

    [Fact]
    public void What_became_of_a_message_that_is_looked_up_says_nothing_of_who_looks() =>
        Assert.Equal(CallOutcome.Good, Of(SendResult.Deferred("never came"), typeof(ISendLookup)));

    private static CallOutcome? OfSend(SendResult result) => Of(result, typeof(IEmailSender));

    private static CallOutcome? OfWrites(params IReadOnlyList<WriteResult> results) => Of(results, typeof(ICrmWriter));

    private static CallOutcome? Of<T>(T value, Type capability) => CallOutcomes.Of(new CallResult<T>.Answered(value), capability);
}
