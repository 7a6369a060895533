using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ISendLookup"/> promises: it tells what it knows, sends nothing, and never says "not taken" by guess.</summary>
public abstract class SendLookupSuite : ConnectorSuite<ISendLookup>
{
    /// <summary>The service's faults.</summary>
    protected abstract IServiceFaults Faults { get; }

    /// <summary>Sends a message through the connector, which the service takes, and says how the host would ask for it.</summary>
    protected abstract Task<SendQuery> SentAsync();

    /// <summary>How the host would ask for a message that the service has never seen, handed over long enough ago to be there.</summary>
    protected abstract Task<SendQuery> NeverSentAsync();

    /// <summary>How many messages the service has.</summary>
    protected abstract Task<int> CountAsync();

    /// <summary>A message whose answer was lost.</summary>
    [Fact]
    public async Task A_message_that_the_service_has_is_found_and_not_sent_again()
    {
        var query = await SentAsync();

        Assert.IsType<SendAccepted>(await Subject.LookUpAsync(query, default));
        Assert.Equal(await Subject.LookUpAsync(query, default), await Subject.LookUpAsync(query, default));
        Assert.Equal(1, await CountAsync());
    }

    /// <summary>Found among others, each by its own id.</summary>
    [Fact]
    public async Task Messages_are_told_from_each_other()
    {
        var queries = new List<SendQuery>();
        for (var i = 0; i < 5; i++)
            queries.Add(await SentAsync());

        foreach (var query in queries)
            Assert.IsType<SendAccepted>(await Subject.LookUpAsync(query, default));
        Assert.Equal(5, await CountAsync());
    }

    /// <summary>Neither accepted nor refused: that would lose it.</summary>
    [Fact]
    public async Task A_message_that_the_service_never_saw_is_not_found()
    {
        await SentAsync();
        var result = await Subject.LookUpAsync(await NeverSentAsync(), default);

        Assert.True(result is SendDeferred or SendUnknown, result.ToString());
        Assert.Equal(1, await CountAsync());
    }

    /// <summary>An outage says nothing about the message: "not taken" would send it twice.</summary>
    [Theory]
    [MemberData(nameof(ServiceFaults.OfACall), MemberType = typeof(ServiceFaults))]
    public async Task A_service_that_does_not_answer_leaves_it_unknown(ServiceFault fault)
    {
        var sent = await SentAsync();
        var never = await NeverSentAsync();

        Assert.IsType<SendUnknown>(await Call().ResultAsync(fault, cancellation => Subject.LookUpAsync(sent, cancellation)));
        Assert.IsType<SendUnknown>(await Call().ResultAsync(fault, cancellation => Subject.LookUpAsync(never, cancellation)));
        Assert.IsType<SendAccepted>(await Subject.LookUpAsync(sent, default));
    }

    /// <summary>The same for one that nobody runs.</summary>
    [Fact]
    public async Task A_service_that_can_not_be_reached_leaves_it_unknown()
    {
        var query = await NeverSentAsync();

        Assert.IsType<SendUnknown>(await WithoutServiceAsync(lookup => lookup.LookUpAsync(query, default)));
    }

    /// <summary>A cancelled call ends.</summary>
    [Fact]
    public async Task A_cancelled_call_ends()
    {
        var query = await SentAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.LookUpAsync(query, new CancellationToken(true)));
        Assert.True(await Call().GiveUpAsync(cancellation => Subject.LookUpAsync(query, cancellation)) is null or SendUnknown);
    }

    private CallUnderFault Call() => new(Faults, AssertNoSecretIn, Log);
}
