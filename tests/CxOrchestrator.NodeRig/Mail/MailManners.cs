namespace CxOrchestrator.NodeRig.Mail;

/// <summary>How the mail server treats its callers; may be changed while it runs.</summary>
public sealed class MailManners
{
    /// <summary>From the end of a message, which is taken then, to the answer. Default: none.</summary>
    public TimeSpan TimePerMessage { get; set; }

    /// <summary>Share of messages, 0 to 1, that are put off with a 451, half of them before the message and half after it. Default: 0.</summary>
    public double PutOffShare { get; set; }

    /// <summary>0 where a message is taken, 1 where its recipient is put off, 2 where it is put off after its end.</summary>
    internal int Fate()
    {
        var chance = Random.Shared.NextDouble();
        return chance >= PutOffShare ? 0 : chance < PutOffShare / 2 ? 1 : 2;
    }
}
