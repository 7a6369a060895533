using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every read promises while its service misbehaves: an error, never an empty answer, which would be taken for the truth.</summary>
/// <param name="Call">Makes calls.</param>
/// <param name="Reads">The reads, by name.</param>
internal sealed record ReadsUnderFaults(CallUnderFault Call, params IReadOnlyList<(string Name, Func<CancellationToken, Task> Read)> Reads)
{
    /// <summary>Each read throws, and works again afterwards.</summary>
    public async Task ThrowAsync(ServiceFault fault)
    {
        foreach (var (name, read) in Reads)
        {
            var failure = await Call.FailureAsync(fault, async cancellation =>
            {
                await read(cancellation);
                return name;
            });
            Assert.False(failure is OperationCanceledException, $"{name}, {fault}: nobody has cancelled it, and it ended with {failure.GetType().Name}");
            Assert.NotEmpty(failure.Message);
            await read(default);
        }
    }

    /// <summary>Each read ends when it is given up.</summary>
    public async Task EndWhenGivenUpAsync()
    {
        foreach (var (name, read) in Reads)
        {
            var result = await Call.GiveUpAsync<string>(async cancellation =>
            {
                await read(cancellation);
                return name;
            });
            Assert.True(result is null, $"{name} gave an answer that the service has not given");
        }
    }

    /// <summary>A read whose connection is disposed ends.</summary>
    public async Task EndWhenDisposedAsync(Func<Task> dispose)
    {
        var (name, read) = Reads[0];
        var result = await Call.GiveUpAsync<string>(
            async cancellation =>
            {
                await read(cancellation);
                return name;
            },
            dispose);
        Assert.True(result is null, $"{name} gave an answer that the service has not given");
    }
}
