namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>Where a message that was sent stands on the timeline.</summary>
public enum MessageRecord
{
    /// <summary>E-mails as <c>email</c>, text messages as <c>phonecall</c>, both as done.</summary>
    Standard,

    /// <summary>All of them in the custom activity table.</summary>
    Activity,
}
