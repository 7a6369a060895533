using CxOrchestrator.Core.Connections;
using CxOrchestrator.Plugins.Guard;
using CxOrchestrator.Plugins.States;

namespace CxOrchestrator.Plugins.Health;

/// <summary>
/// Sums up how one connection works, from its breaker, its calls and its last probe, and notes it on the board. What was kept
/// from before a restart stands until the first call shows better. A connection's versions each have one.
/// </summary>
internal sealed class ConnectionHealth(string key, GuardOptions options, StateBoard board) : ICallWitness
{
    private const string ProbePrefix = "its health probe: ";

    private readonly Lock _gate = new();
    private string? _key = key;
    private CallGuard? _guard;
    private Verdict? _carried;
    private Verdict? _probe;
    private bool _sick;
    private string _lastFailure = "";

    /// <summary>Begins with what was kept from before a restart, if anything.</summary>
    /// <param name="guard">The connection's guard.</param>
    /// <param name="kept">Where it stood before.</param>
    /// <param name="probed">True where the connection has a health probe.</param>
    public void Begin(CallGuard guard, StateReport? kept, bool probed)
    {
        lock (_gate)
        {
            _guard = guard;
            var carried = kept is { State: ConnectionState.Degraded or ConnectionState.Quarantined }
                ? new Verdict(kept.State, kept.Reason, kept.WhatToDo)
                : null;

            // What a probe has found, only a probe can take back.
            if (probed && carried?.Reason.StartsWith(ProbePrefix, StringComparison.Ordinal) == true)
                _probe = carried;
            else
                _carried = carried;
            if (kept is { State: ConnectionState.Quarantined })
                guard.Breaker.ResumeQuarantine(kept.Since);
            Note();
        }
    }

    /// <inheritdoc/>
    public void Succeeded()
    {
        lock (_gate)
        {
            _carried = null;
            Note();
        }
    }

    /// <inheritdoc/>
    public void Failed(string reason)
    {
        lock (_gate)
        {
            _lastFailure = reason;

            // A quarantine that a trial has renewed begins anew, or a restart would end it too soon.
            var renewed = _guard!.Breaker.Position == BreakerPosition.Quarantined && _key is not null && board.Get(_key).State == ConnectionState.Quarantined;
            if (renewed)
                _carried = null;
            Note(renewed);
        }
    }

    /// <inheritdoc/>
    public void Exhausted()
    {
        lock (_gate)
            Note();
    }

    /// <summary>
    /// Takes what a probe found. A connection that a probe found ill while it was refused calls, and now finds well, is called again at once: the outage is over,
    /// and nobody should wait for a quarantine to end. One that fails although its probe is content stays where it is.
    /// </summary>
    public void Probed(bool healthy, string text, string whatToDo)
    {
        lock (_gate)
        {
            if (healthy && _sick && _guard!.Breaker.Position != BreakerPosition.Closed)
            {
                _guard.Breaker.Close();
                _carried = null;
            }

            _sick = !healthy;
            _probe = healthy ? null : new Verdict(ConnectionState.Degraded, ProbePrefix + text, whatToDo);
            Note();
        }
    }

    /// <summary>Ends a quarantine by an admin's hand.</summary>
    public void Lift()
    {
        lock (_gate)
        {
            _guard!.Breaker.Close();
            _carried = null;
            Note();
        }
    }

    /// <summary>Stands for the connection from now on: under its key, whatever stood there before.</summary>
    public void TakeOver(string connectionKey)
    {
        lock (_gate)
        {
            _key = connectionKey;
            Note();
        }
    }

    /// <summary>Says no more: calls that end late are no news of what took this connector's place.</summary>
    public void End()
    {
        lock (_gate)
            _key = null;
    }

    private void Note(bool anew = false)
    {
        if (_key is not null)
            board.Set(_key, Now(), anew);
    }

    private Verdict Now() => _guard!.Breaker.Position switch
    {
        BreakerPosition.Quarantined => _carried is { State: ConnectionState.Quarantined } carried ? carried : Quarantined(),
        _ when _guard.Exhausted => new Verdict(
            ConnectionState.Degraded,
            $"all of its {options.Concurrency} slots are held by calls that never returned; the last failure: {_lastFailure}",
            "Restart the service to call it again, and tell the plugin's author that it ignores cancellation."),
        BreakerPosition.Open => new Verdict(
            ConnectionState.Degraded,
            $"its breaker opened after {options.FailuresToOpen} failed calls in a row; the last failure: {_lastFailure}",
            "See that the service can be reached and accepts this connection's settings. It is tried again by itself."),
        _ => _carried is { State: ConnectionState.Degraded } before ? before : _probe ?? Verdict.Ready,
    };

    private Verdict Quarantined() => new(
        ConnectionState.Quarantined,
        $"its breaker opened {options.OpeningsToQuarantine} times in a row; the last failure: {_lastFailure}",
        FormattableString.Invariant($"Put right what the failure names. One call is tried {options.QuarantineFor} after it was quarantined."));
}
