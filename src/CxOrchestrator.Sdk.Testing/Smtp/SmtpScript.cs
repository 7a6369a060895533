namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>What a server does at its stages instead of what it would do.</summary>
internal sealed class SmtpScript
{
    private readonly Lock _gate = new();
    private readonly List<Rule> _rules = [];
    private readonly Dictionary<SmtpStage, int> _reached = [];
    private readonly List<(SmtpStage Stage, int Count, TaskCompletionSource Signal)> _waiting = [];

    /// <summary>What to do at a stage that is reached now; null for what the server does by itself.</summary>
    public SmtpAct? Next(SmtpStage stage)
    {
        List<TaskCompletionSource> signals = [];
        SmtpAct? act = null;
        lock (_gate)
        {
            var count = _reached[stage] = _reached.GetValueOrDefault(stage) + 1;
            signals.AddRange(_waiting.Where(wait => wait.Stage == stage && wait.Count <= count).Select(wait => wait.Signal));
            foreach (var rule in _rules.Where(rule => rule.Stage == stage))
            {
                if (rule.Skip > 0)
                {
                    rule.Skip--;
                }
                else if (++rule.Seen % rule.Every != 0)
                {
                    // Not its turn.
                }
                else if (rule.Times > 0)
                {
                    rule.Times--;
                    act = rule.Act;
                    break;
                }
            }
        }

        signals.ForEach(signal => signal.TrySetResult());
        return act;
    }

    /// <summary>Adds a rule.</summary>
    public void Add(SmtpStage stage, SmtpAct act, int times, int skip, int every)
    {
        lock (_gate)
        {
            _rules.Add(new Rule { Stage = stage, Act = act, Times = times, Skip = skip, Every = every });
        }
    }

    /// <summary>Forgets all rules.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    /// <summary>How often a stage was reached so far.</summary>
    public int Reached(SmtpStage stage)
    {
        lock (_gate)
        {
            return _reached.GetValueOrDefault(stage);
        }
    }

    /// <summary>Ends when a stage was reached so many times.</summary>
    public Task ReachedAsync(SmtpStage stage, int count)
    {
        lock (_gate)
        {
            if (_reached.GetValueOrDefault(stage) >= count)
            {
                return Task.CompletedTask;
            }

            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((stage, count, signal));
            return signal.Task;
        }
    }

    private sealed class Rule
    {
        public required SmtpStage Stage { get; init; }

        public required SmtpAct Act { get; init; }

        public required int Every { get; init; }

        public int Times { get; set; }

        public int Seen { get; set; }

        public int Skip { get; set; }
    }
}

/// <summary>One deviation: a reply of its own, none at all, or the end of the connection.</summary>
/// <param name="Reply">What to answer; null for nothing.</param>
/// <param name="Drops">Ends the connection then; else a missing reply lets the client wait.</param>
internal sealed record SmtpAct(string? Reply, bool Drops);
