namespace CxOrchestrator.NodeRig.Mail;

/// <summary>Every message that was ever taken. Kept by the process of the test, so that it outlives whatever is stopped.</summary>
public sealed class MailRecord
{
    private readonly Lock _gate = new();
    private readonly List<TakenMail> _taken = [];

    /// <summary>Called for each message as it is taken; must be quick.</summary>
    public Action<TakenMail>? Taken { get; set; }

    /// <summary>How many messages were taken, each copy counted.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _taken.Count;
        }
    }

    /// <summary>All messages in the order in which they were taken.</summary>
    public IReadOnlyList<TakenMail> All()
    {
        lock (_gate)
            return [.. _taken];
    }

    internal void Add(TakenMail mail)
    {
        lock (_gate)
            _taken.Add(mail);
        Taken?.Invoke(mail);
    }
}
