using System.ComponentModel.DataAnnotations;

namespace CxOrchestrator.Plugins.Health;

/// <summary>The section <c>Health</c> of the configuration.</summary>
public sealed class HealthOptions
{
    /// <summary>How often connections that have a health probe are probed, in machine time. Default: one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromMinutes(1);
}
