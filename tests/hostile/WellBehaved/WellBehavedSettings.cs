using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Sdk;

namespace WellBehaved;

/// <summary>Settings of every kind.</summary>
public sealed class WellBehavedSettings
{
    /// <summary>What it says before the words.</summary>
    [Required]
    [StringLength(20)]
    [Description("What it says before the words.")]
    public string Greeting { get; set; } = "hello";

    /// <summary>A number with a range.</summary>
    [Range(1, 10)]
    public int Volume { get; set; } = 5;

    /// <summary>A secret; optional.</summary>
    public Secret? ApiKey { get; set; }
}
