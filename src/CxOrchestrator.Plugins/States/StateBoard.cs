using CxOrchestrator.Core.Connections;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.States;

/// <summary>
/// Where every plugin and connection stands, by the keys of <see cref="IPluginStateStore"/>. Setting is quick and never waits
/// for the store: what changed is picked up from here.
/// </summary>
internal sealed class StateBoard(TimeProvider machine, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StateReport> _reports = [];
    private readonly HashSet<string> _unsaved = [];
    private volatile IReadOnlyDictionary<string, StateReport> _kept = new Dictionary<string, StateReport>();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>What was kept from before this start, by key.</summary>
    public StateReport? Kept(string key) => _kept.GetValueOrDefault(key);

    /// <summary>Takes up what was kept from before this start.</summary>
    public void TakeUp(IReadOnlyDictionary<string, StateReport> kept) => _kept = kept;

    /// <summary>Takes up what a store has kept; where that can't be read, nothing.</summary>
    public async Task TakeUpAsync(IPluginStateStore store, CancellationToken cancellation)
    {
        try
        {
            TakeUp(await store.LoadAsync(cancellation));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // A quarantine that is forgotten costs a few failed calls; a host that doesn't start costs everything.
            log.LogWarning(failure, "The states of plugins and connections from before this start could not be read.");
        }
    }

    /// <summary>
    /// Forgets what was kept from before this start, once everything stands: what is made anew later begins anew.
    /// </summary>
    public void ForgetKept() => _kept = new Dictionary<string, StateReport>();

    /// <summary>Where something stands.</summary>
    public StateReport Get(string key)
    {
        lock (_gate)
            return _reports.TryGetValue(key, out var report) ? report : Report(Verdict.Discovered);
    }

    /// <summary>Notes where something stands; where state and reason are as before, the time since when stays too.</summary>
    public void Set(string key, Verdict verdict, bool anew = false)
    {
        StateReport report;
        lock (_gate)
        {
            var before = _reports.GetValueOrDefault(key);
            var last = before ?? _kept.GetValueOrDefault(key);
            var same = last is not null && last.State == verdict.State && last.Reason == verdict.Reason && !anew;
            report = same ? last! with { WhatToDo = verdict.WhatToDo } : Report(verdict);
            _reports[key] = report;
            if (report == last)
                return;
            _unsaved.Add(key);
            _changed.TrySetResult();
        }

        log.Log(
            verdict.State is ConnectionState.Ready or ConnectionState.Disabled ? LogLevel.Information : LogLevel.Warning,
            "{Key} is {State}{Reason}",
            key,
            report.State,
            report.Reason.Length == 0 ? "" : $": {report.Reason} → {report.WhatToDo}");
    }

    /// <summary>Completes as soon as something has changed that wasn't taken for saving yet.</summary>
    public Task ChangedAsync()
    {
        lock (_gate)
            return _changed.Task;
    }

    /// <summary>What changed since the last time, for saving.</summary>
    public IReadOnlyList<(string Key, StateReport Report)> TakeUnsaved()
    {
        lock (_gate)
        {
            var taken = _unsaved.Select(key => (key, _reports[key])).ToList();
            _unsaved.Clear();
            _changed = NewSignal();
            return taken;
        }
    }

    /// <summary>Gives back what could not be saved.</summary>
    public void PutBack(IEnumerable<string> keys)
    {
        lock (_gate)
        {
            _unsaved.UnionWith(keys);
            if (_unsaved.Count > 0)
                _changed.TrySetResult();
        }
    }

    private StateReport Report(Verdict verdict) => new(verdict.State, verdict.Reason, machine.GetUtcNow(), verdict.WhatToDo);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
