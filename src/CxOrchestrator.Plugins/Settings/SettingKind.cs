namespace CxOrchestrator.Plugins.Settings;

/// <summary>What may be written for a setting.</summary>
public enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a decimal point.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A length of time as <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>.</summary>
    Duration,

    /// <summary>A moment, ISO 8601 with its offset.</summary>
    Moment,

    /// <summary>An absolute URL.</summary>
    Url,

    /// <summary>One of <see cref="SettingDescription.Choices"/>.</summary>
    Choice,

    /// <summary>A reference to a secret, such as <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    Secret,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>Texts by name.</summary>
    TextsByName,

    /// <summary>Settings of its own below it.</summary>
    Group,
}
