using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>Makes one call while a service misbehaves, and sees that nothing secret shows of it.</summary>
/// <param name="Faults">The service's faults.</param>
/// <param name="Secrets">Fails where a secret shows in a text.</param>
/// <param name="Log">What the connector has logged.</param>
internal sealed record CallUnderFault(IServiceFaults Faults, Action<string?> Secrets, RecordingLog Log)
{
    // Real time: a suite must end even where a connector waits for a clock that stands still.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The result of a call that meets a fault.</summary>
    public async Task<T> ResultAsync<T>(ServiceFault fault, Func<CancellationToken, Task<T>> call, int passing = 0)
    {
        var (result, met) = await TryAsync(fault, call, passing);
        Assert.True(met, $"no request met the fault {fault}: does the stand-in serve this call, and is it not left out by 'Where'?");
        return result;
    }

    /// <summary>The result of a call, and whether it met the fault.</summary>
    public async Task<(T Result, bool Met)> TryAsync<T>(ServiceFault fault, Func<CancellationToken, Task<T>> call, int passing = 0)
    {
        Faults.Begin(fault, passing);
        T result;
        bool met;
        try
        {
            result = await call(default).WaitAsync(Patience);
        }
        finally
        {
            met = Faults.End();
        }

        Secrets(result?.ToString());
        Secrets(Log.Text);
        return (result, met);
    }

    /// <summary>The exception with which a call that meets a fault ends.</summary>
    public async Task<Exception> FailureAsync<T>(ServiceFault fault, Func<CancellationToken, Task<T>> call)
    {
        Faults.Begin(fault);
        Exception? failure;
        bool met;
        try
        {
            failure = await Record.ExceptionAsync(() => call(default).WaitAsync(Patience));
        }
        finally
        {
            met = Faults.End();
        }

        Assert.True(met, $"no request met the fault {fault}: does the stand-in serve this call, and is it not left out by 'Where'?");
        Assert.True(failure is not null and not TimeoutException, $"{fault}: {failure?.ToString() ?? "the call gave an answer that the service has not given"}");
        Secrets(failure!.ToString());
        Secrets(Log.Text);
        return failure;
    }

    /// <summary>Gives up a call that a silent service keeps waiting.</summary>
    /// <returns>Its result; default where it ended as cancelled, which is as good.</returns>
    public async Task<T?> GiveUpAsync<T>(Func<CancellationToken, Task<T>> call, Func<Task>? meanwhile = null)
    {
        using var patience = new CancellationTokenSource();
        Faults.Begin(ServiceFault.Silent);
        try
        {
            var waiting = call(patience.Token);
            await Faults.MetAsync().WaitAsync(Patience);
            var other = meanwhile?.Invoke() ?? Task.CompletedTask;
            await patience.CancelAsync();
            var failure = await Record.ExceptionAsync(() => waiting.WaitAsync(Patience));
            await other.WaitAsync(Patience);
            Secrets(failure?.ToString());
            Secrets(Log.Text);
            if (failure is null)
                return await waiting;
            // Disposed under its feet, a call may say so; left alone, it says that it was cancelled.
            Assert.True(failure is OperationCanceledException || (meanwhile is not null && failure is not TimeoutException), failure.ToString());
            return default;
        }
        finally
        {
            Faults.End();
        }
    }
}
