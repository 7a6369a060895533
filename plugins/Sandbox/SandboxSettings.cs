using System.ComponentModel.DataAnnotations;

namespace CxOrchestrator.Plugins.Sandbox;

/// <summary>The settings of one sandbox: faults and agents to play with. The table in README.md is held to this class by a test.</summary>
public sealed class SandboxSettings
{
    /// <summary>Share of messages, 0 to 1, whose first try is put off. Default: 0.</summary>
    [Range(0.0, 1.0)]
    [Display(Order = 1, Description = "Share of messages, 0 to 1, whose first try is put off.")]
    public double DeferRate { get; set; }

    /// <summary>Share of messages, 0 to 1, that are refused for good. Default: 0.</summary>
    [Range(0.0, 1.0)]
    [Display(Order = 2, Description = "Share of messages, 0 to 1, that are refused for good.")]
    public double RejectRate { get; set; }

    /// <summary>Hours after which a simulated agent solves a ticket, 0 to 8760. Default: 0, which leaves tickets as they are.</summary>
    [Range(0.0, 8760.0)]
    [Display(Order = 3, Description = "Hours after which a simulated agent solves a ticket; 0 leaves tickets as they are.")]
    public double SolveTicketsAfterHours { get; set; }
}
