namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>Whether an optional solution of the organisation is used.</summary>
public enum WhereInstalled
{
    /// <summary>Used where it is installed.</summary>
    Auto,

    /// <summary>Must be there: without it, changes wait.</summary>
    On,

    /// <summary>Not used.</summary>
    Off,
}
