namespace CxOrchestrator.Plugins.EmailImap;

/// <summary>What is done with a message that told something, once that is stored. Other messages are never touched.</summary>
public enum AfterReading
{
    /// <summary>Nothing: the mailbox is opened for reading alone.</summary>
    Nothing,

    /// <summary>It is marked as read.</summary>
    MarkSeen,

    /// <summary>It is moved to another mailbox (RFC 6851).</summary>
    Move,
}
