using System.Globalization;

namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>
/// One version of a plugin on trial, over all connections that use the plugin. It ends once, and what it ended with stands: from
/// that moment on no call goes to the version, whether the book knows of it yet or not.
/// </summary>
/// <param name="plugin">The plugin's id.</param>
/// <param name="version">The version on trial.</param>
/// <param name="since">When it was put in.</param>
/// <param name="share">Its share of the calls.</param>
/// <param name="options">The rules' numbers.</param>
/// <param name="machine">The machine's clock.</param>
/// <param name="ended">Is called once, when it ends.</param>
internal sealed class Trial(
    string plugin, string version, DateTimeOffset since, double share, UpgradeOptions options, TimeProvider machine, Action ended)
{
    private readonly Lock _gate = new();
    private readonly TrialRules _rules = new(options);
    private readonly SlidingCounts _candidate = new(options.Window, machine);
    private readonly SlidingCounts _active = new(options.Window, machine);
    private readonly Dictionary<string, (int Calls, int Good)> _activeSince = new(StringComparer.OrdinalIgnoreCase);
    private volatile TrialDecision? _decision;
    private long _good;

    /// <summary>The plugin's id.</summary>
    public string Plugin => plugin;

    /// <summary>The version on trial.</summary>
    public string Version => version;

    /// <summary>When it was put in.</summary>
    public DateTimeOffset Since => since;

    /// <summary>Its share of the calls.</summary>
    public double Share => share;

    /// <summary>What it came to; null while it goes on.</summary>
    public TrialDecision? Decision => _decision;

    /// <summary>Its terms, for a list.</summary>
    public string Terms => string.Create(CultureInfo.InvariantCulture, $"on trial since {since:u} with {share:P0} of the calls");

    /// <summary>Where it stands, for a list.</summary>
    public string Numbers
    {
        get
        {
            lock (_gate)
            {
                var counts = _candidate.Now();
                return string.Create(CultureInfo.InvariantCulture, $"{counts.Calls} in the last {options.Window:c}, {counts.Troubles} in error");
            }
        }
    }

    /// <summary>Takes how a call of either version went.</summary>
    /// <param name="connection">The connection that was called.</param>
    /// <param name="byCandidate">Which version was called.</param>
    /// <param name="outcome">How it went.</param>
    /// <param name="breakerOpen">Whether the breaker of the version on trial is open on that connection.</param>
    public void Note(string connection, bool byCandidate, CallOutcome outcome, bool breakerOpen)
    {
        lock (_gate)
        {
            if (byCandidate)
                NoteCandidate(connection, outcome);
            else
                NoteActive(connection, outcome);
            if (breakerOpen && IsItsOwnFault(connection))
                End(new TrialDecision.Back($"its breaker opened on the connection \"{connection}\", where the active version works"));
            else if (_rules.Back(_candidate.Now(), _active.Now()) is { } reason)
                End(new TrialDecision.Back(reason));
        }
    }

    /// <summary>Ends it where enough time has gone by with enough good calls.</summary>
    /// <param name="used">False where no connection uses the plugin: there is nothing to prove then.</param>
    public void Judge(bool used)
    {
        var tried = machine.GetUtcNow() - since;
        lock (_gate)
        {
            if (!used && tried >= options.MinTime)
                End(new TrialDecision.Forward("no connection uses the plugin"));
            else if (used && _rules.Forward(tried, _good, _candidate.Now(), _active.Now()))
                End(new TrialDecision.Forward(string.Create(CultureInfo.InvariantCulture, $"{_good} good calls since {since:u}")));
        }
    }

    /// <summary>Ends it at once: the version can't do the work at all.</summary>
    public void Fail(string reason)
    {
        lock (_gate)
            End(new TrialDecision.Back(reason));
    }

    /// <summary>Ends it at once: the active version can't do the work at all, and this one can.</summary>
    public void Pass(string reason)
    {
        lock (_gate)
            End(new TrialDecision.Forward(reason));
    }

    private void NoteCandidate(string connection, CallOutcome outcome)
    {
        _candidate.Add(outcome);
        if (outcome == CallOutcome.Trouble)
            return;
        _activeSince[connection] = default;
        _good += outcome == CallOutcome.Good ? 1 : 0;
    }

    private void NoteActive(string connection, CallOutcome outcome)
    {
        _active.Add(outcome);
        var (calls, good) = _activeSince.GetValueOrDefault(connection);
        _activeSince[connection] = (calls + 1, good + (outcome == CallOutcome.Trouble ? 0 : 1));
    }

    // Where the service itself is down, both versions fail: that is a reason to wait and none to go back.
    private bool IsItsOwnFault(string connection) =>
        _activeSince.GetValueOrDefault(connection) is var (calls, good) && (calls == 0 || good > 0);

    private void End(TrialDecision decision)
    {
        if (_decision is not null)
            return;
        _decision = decision;
        ended();
    }
}
