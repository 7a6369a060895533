using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Guard;

/// <summary>
/// What stands between the host and one connector: breaker, concurrency, rate, time limit and the repetition of reads, in this
/// order. Nothing that a connector does comes through as an exception. The limits may be shared with the guard of another
/// version of the same connection; all else is its own.
/// </summary>
internal sealed class CallGuard(
    GuardOptions options, CallLimits limits, TimeProvider time, ExceptionText exceptions, ICallWitness witness)
{
    private readonly ConcurrencyLimit _slots = limits.Concurrency;
    private readonly RateLimit _rate = limits.Rate;
    private readonly ConcurrencyLimit _apart = new(options.Concurrency, options.SlotWait, time);
    private readonly StuckCalls _stuck = new();
    private readonly ReadRetry _retry = new(options.ReadRetries, Random.Shared.NextDouble);

    /// <summary>The breaker, for those who show where it stands or put it right.</summary>
    public CircuitBreaker Breaker { get; } = new(options, time);

    /// <summary>True where every slot is held by a call that ran out of time and never returned.</summary>
    public bool Exhausted => _slots.Exhausted;

    /// <summary>The limits, for the guard of another version of the same connection.</summary>
    public CallLimits Limits => limits;

    /// <summary>Gives back the slots of calls that never returned; for a connector that is out of use.</summary>
    public void GiveUpStuckCalls() => _stuck.GiveUp();

    /// <summary>Makes the call, if it may be made.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; what a call in flight did is not known then.</exception>
    public async Task<CallResult<T>> CallAsync<T>(
        CallKind kind, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (kind is CallKind.Receive or CallKind.Probe)
            return await ApartAsync(kind, call, cancellation);
        if (Breaker.Refusal() is { } early)
            return NotCalled<T>(early);
        if (await _slots.TakeAsync(cancellation) is not { } slot)
            return NotCalled<T>(Full());
        var (entry, refusal) = Breaker.Enter();
        if (entry is not null && _rate.Take() is { } tooFast)
        {
            entry.Abandon();
            refusal = tooFast;
        }

        if (entry is null || refusal is not null)
        {
            slot.Release();
            return NotCalled<T>(refusal!);
        }

        using var deadline = new Deadline(options.TimeLimit, time, cancellation);
        var running = await RunAsync(kind, call, deadline);
        _stuck.Watch(slot, running);
        return Judge(kind, running, entry, deadline, cancellation);
    }

    // What strangers post calls no service: it says nothing about one, so that nobody can open the breaker or use up the rate and the slots from outside.
    // A probe while calls are refused asks apart from them, too: what its answer means for the breaker is for others to judge.
    private async Task<CallResult<T>> ApartAsync<T>(CallKind kind, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        if (await _apart.TakeAsync(cancellation) is not { } slot)
            return NotCalled<T>(new Refusal($"it is taking {options.Concurrency} webhooks already", options.SlotWait));
        using var deadline = new Deadline(options.TimeLimit, time, cancellation);
        var running = await RunAsync(kind, call, deadline);
        _stuck.Watch(slot, running);
        if (running.IsCompletedSuccessfully && running.Result is not null)
            return new CallResult<T>.Answered(running.Result);
        if (!running.IsCompletedSuccessfully && !deadline.Passed)
            cancellation.ThrowIfCancellationRequested();
        return new CallResult<T>.Failed(Reason(running, deadline));
    }

    private async Task<Task<T>> RunAsync<T>(CallKind kind, Func<CancellationToken, Task<T>> call, Deadline deadline)
    {
        for (var tried = 1; ; tried++)
        {
            var running = await Attempt.RunAsync(call, deadline.Token);
            if (!running.IsFaulted || deadline.Token.IsCancellationRequested)
                return running;

            // A repetition is a call to the service like any other, and so needs its own token.
            if (_retry.Pause(kind, tried, deadline.Left) is not { } pause || _rate.Take() is not null)
                return running;
            await Task.Delay(pause, time, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (deadline.Token.IsCancellationRequested)
                return running;
        }
    }

    private CallResult<T> Judge<T>(
        CallKind kind, Task<T> running, CircuitBreaker.Entry entry, Deadline deadline, CancellationToken cancellation)
    {
        if (running.IsCompletedSuccessfully && (running.Result is not null || MayBeNothing<T>(kind)))
        {
            entry.Report(success: true);
            witness.Succeeded();
            return new CallResult<T>.Answered(running.Result);
        }

        if (!running.IsCompletedSuccessfully && cancellation.IsCancellationRequested && !deadline.Passed)
        {
            entry.Abandon();
            cancellation.ThrowIfCancellationRequested();
        }

        var reason = Reason(running, deadline);
        entry.Report(success: false);
        witness.Failed(reason);
        return new CallResult<T>.Failed(reason);
    }

    private string Reason<T>(Task<T> running, Deadline deadline)
    {
        if (running.IsCompletedSuccessfully)
            return "it answered with nothing (null), where its contract has an answer";
        if (running is { IsFaulted: true, Exception: { } thrown })
            return exceptions.Of(thrown);
        return deadline.Passed
            ? FormattableString.Invariant($"it did not answer within {options.TimeLimit}")
            : "it cancelled the call by itself";
    }

    // Only a search may find nothing; T can't say so, since nullability is gone at run time.
    private static bool MayBeNothing<T>(CallKind kind) =>
        kind == CallKind.Read
        && typeof(T) != typeof(HealthReport)
        && !(typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(Page<>));

    private Refusal Full()
    {
        if (!_slots.Exhausted)
            return new Refusal($"all of its {options.Concurrency} slots stayed busy for {options.SlotWait:c}", options.SlotWait);
        witness.Exhausted();
        return new Refusal($"all of its {options.Concurrency} slots are held by calls that never returned", options.QuarantineFor);
    }

    private static CallResult<T>.NotCalled NotCalled<T>(Refusal refusal) => new(refusal.Reason, refusal.RetryAfter);
}
