using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every sender promises while its service misbehaves, whatever it sends.</summary>
/// <param name="Call">Makes calls.</param>
/// <param name="Send">Hands over the one message, with its one key.</param>
/// <param name="Arrived">How often that message has arrived.</param>
/// <param name="HonoursKey">The service refuses a second message with the same key.</param>
internal sealed record SendsUnderFaults(CallUnderFault Call, Func<CancellationToken, Task<SendResult>> Send, Func<Task<int>> Arrived, bool HonoursKey)
{
    /// <summary>The right result for a fault, and nothing arrived where it says so.</summary>
    public async Task MapsAsync(ServiceFault fault)
    {
        var result = await Call.ResultAsync(fault, Send);

        Assert.True(Fits(fault, result), $"{fault}: {result}");
        if (result is SendDeferred or SendRejected && !HonoursKey)
            Assert.Equal(0, await Arrived());
    }

    /// <summary>The service's own wait is passed on.</summary>
    public async Task PassesTheWaitOnAsync()
    {
        var deferred = Assert.IsType<SendDeferred>(await Call.ResultAsync(ServiceFault.Throttled, Send));

        Assert.Equal(Call.Faults.Wait, deferred.RetryAfter);
    }

    /// <summary>When the fault is over, the next try is as good as a first one.</summary>
    public async Task RecoversAsync(ServiceFault fault)
    {
        var result = await Call.ResultAsync(fault, Send);
        if (result is SendUnknown && !HonoursKey && await Arrived() > 0)
            return;

        var again = await Send(default);
        Assert.IsType<SendAccepted>(again);
        Assert.Equal(1, await Arrived());
    }

    /// <summary>A call that is given up has never been accepted.</summary>
    public async Task EndsWhenGivenUpAsync(Func<Task>? meanwhile = null)
    {
        var result = await Call.GiveUpAsync(Send, meanwhile);

        Assert.True(result is null or SendUnknown or SendDeferred { RetryAfter: null }, result?.ToString());
        Assert.True(result is not SendDeferred || HonoursKey || await Arrived() == 0, "deferred, and arrived: it would be sent twice");
    }

    private bool Fits(ServiceFault fault, SendResult result) => fault switch
    {
        ServiceFault.Throttled or ServiceFault.Unauthorised => result is SendDeferred,
        ServiceFault.Refused => result is SendRejected { Code.Length: > 0, Text.Length: > 0 },
        ServiceFault.Forbidden => result is SendDeferred or SendRejected,
        ServiceFault.Failing or ServiceFault.CutBeforeBody or ServiceFault.WrongPage => result is SendDeferred or SendUnknown,
        // The message is out, and nobody has said so: to send it again is right only where the key prevents a second one.
        _ => result is SendUnknown || (HonoursKey && result is SendDeferred),
    };
}
