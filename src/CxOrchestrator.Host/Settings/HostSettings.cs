using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Host.Settings;

/// <summary>All settings that the host itself reads, checked; see the root <c>appsettings.json</c> for what each means.</summary>
public sealed record HostSettings
{
    /// <summary>What several parts read.</summary>
    public required CoreSettings Core { get; init; }

    /// <summary>Where everything is stored.</summary>
    public required StorageSettings Storage { get; init; }

    /// <summary>The section <c>Node</c>.</summary>
    public required NodeSettings Node { get; init; }

    /// <summary><c>Content:PublishAtStart</c>.</summary>
    public bool PublishAtStart { get; init; } = true;

    /// <summary><c>Web:Listen</c>.</summary>
    public required Uri Listen { get; init; }

    /// <summary><c>Clock:Speed</c>.</summary>
    public double ClockSpeed { get; init; } = 1;

    /// <summary><c>Clock:Start</c>.</summary>
    public DateTimeOffset? ClockStart { get; init; }

    /// <summary><c>Clock:Anchor</c>.</summary>
    public DateTimeOffset? ClockAnchor { get; init; }
}
