using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every write promises while its service misbehaves, whatever is written.</summary>
/// <param name="Call">Makes calls.</param>
/// <param name="NewWrite">A write of its own each time, which gives the same thing with the same key however often it is called; and how often it stands.</param>
internal sealed record WritesUnderFaults(
    CallUnderFault Call, Func<Task<(Func<CancellationToken, Task<WriteResult>> Write, Func<Task<int>> Stands)>> NewWrite)
{
    // A write of more requests than this is not looked into further.
    private const int MostRequests = 12;

    /// <summary>The right result for a fault, and exactly one after the next try.</summary>
    public async Task MapsAsync(ServiceFault fault)
    {
        if (fault == ServiceFault.Refused)
        {
            await MapsRefusalAsync();
            return;
        }

        var (write, stands) = await NewWrite();
        var result = await Call.ResultAsync(fault, write);

        Assert.True(Fits(fault, result), $"{fault}: {result}");
        Assert.IsType<Written>(await write(default));
        Assert.Equal(1, await stands());
    }

    /// <summary>The service's own wait is passed on.</summary>
    public async Task PassesTheWaitOnAsync()
    {
        var (write, _) = await NewWrite();
        var retry = Assert.IsType<WriteRetry>(await Call.ResultAsync(ServiceFault.Throttled, write));

        Assert.Equal(Call.Faults.Wait, retry.RetryAfter);
    }

    /// <summary>A write of several requests is cut at each of them in turn; the same key again leaves one.</summary>
    public async Task SurvivesACutAnywhereAsync(ServiceFault cut)
    {
        for (var passing = 0; passing < MostRequests; passing++)
        {
            var (write, stands) = await NewWrite();
            var (result, met) = await Call.TryAsync(cut, write, passing);
            if (!met)
            {
                Assert.IsType<Written>(result);
                Assert.True(passing > 0, "no request met the fault");
                return;
            }

            // What is still to do behind the thing itself may fail without undoing it.
            Assert.True(result is WriteRetry || (passing > 0 && result is Written), $"{cut} at request {passing + 1}: {result}");
            Assert.IsType<Written>(await write(default));
            Assert.Equal(1, await stands());
        }
    }

    /// <summary>A call that is given up can be made again.</summary>
    public async Task EndsWhenGivenUpAsync()
    {
        var (write, stands) = await NewWrite();
        var result = await Call.GiveUpAsync(write);

        Assert.True(result is null or WriteRetry, result?.ToString());
        Assert.IsType<Written>(await write(default));
        Assert.Equal(1, await stands());
    }

    /// <summary>A call whose connection is disposed ends.</summary>
    public async Task EndsWhenDisposedAsync(Func<Task> dispose)
    {
        var (write, _) = await NewWrite();
        var result = await Call.GiveUpAsync(write, dispose);

        Assert.True(result is null or WriteRetry, result?.ToString());
    }

    // A write may begin with a look whether it is there already; that this is refused says nothing of the write itself.
    private async Task MapsRefusalAsync()
    {
        for (var passing = 0; passing < MostRequests; passing++)
        {
            var (write, stands) = await NewWrite();
            var (result, met) = await Call.TryAsync(ServiceFault.Refused, write, passing);
            Assert.True(met, "no request's refusal refuses the write");
            Assert.True(result is WriteRetry or WriteRefused { Code.Length: > 0, Text.Length: > 0 }, $"{ServiceFault.Refused} at request {passing + 1}: {result}");
            Assert.IsType<Written>(await write(default));
            Assert.Equal(1, await stands());
            if (result is WriteRefused)
                return;
        }

        Assert.Fail($"none of {MostRequests} requests refuses the write");
    }

    private static bool Fits(ServiceFault fault, WriteResult result) => fault switch
    {
        ServiceFault.Forbidden => result is WriteRetry or WriteRefused,
        _ => result is WriteRetry,
    };
}
