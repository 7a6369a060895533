namespace CxOrchestrator.NodeRig.Mail;

/// <summary>Every message that was ever taken. Kept by the process of the test, so that it outlives whatever is stopped.</summary>
public sealed class MailRecord
{
    private readonly Lock _gate = new();
    private readonly List<TakenMail> _taken = [];

    // Few texts stand in millions of messages.
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

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
            _taken.Add(mail with { Recipient = Once(mail.Recipient), By = Once(mail.By) });
        Taken?.Invoke(mail);
    }

    private string Once(string text)
    {
        if (!_texts.TryGetValue(text, out var first))
            _texts[text] = first = text;
        return first;
    }
}
