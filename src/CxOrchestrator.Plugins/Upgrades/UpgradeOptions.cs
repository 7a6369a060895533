using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>
/// How a new version of a plugin is tried on a share of the calls: the section <c>Plugins:Upgrade</c>. All times are machine
/// time.
/// </summary>
public sealed class UpgradeOptions
{
    /// <summary>The section as it stands; with what is wrong with it, if anything.</summary>
    public static (UpgradeOptions Options, IReadOnlyList<string> Faults) Read(IConfiguration configuration)
    {
        var options = new UpgradeOptions();
        const string Section = "Plugins:Upgrade";
        var faults = new SettingsBinder(new UnopenedReferences()).Bind(configuration.GetSection(Section), options, $"{Section}:").Faults;
        return (options, faults);
    }

    /// <summary>The share of the calls that a new version gets where the upgrade names none, 0.01 to 1. Default: 0.1.</summary>
    [Range(0.01, 1.0)]
    public double Share { get; set; } = 0.1;

    /// <summary>Calls of the new version before its rate of errors is judged. Default: 20.</summary>
    [Range(5, 100_000)]
    public int MinCalls { get; set; } = 20;

    /// <summary>How long the new version must have been in before it becomes the active one. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MinTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Calls without trouble that the new version must have answered before it becomes the active one. Default: 50.</summary>
    [Range(1, 1_000_000)]
    public int MinGoodCalls { get; set; } = 50;

    /// <summary>
    /// How much larger than the active version's the new one's rate of errors may be, 0 to 1. Default: 0.05, five errors more in
    /// a hundred calls. What is larger must also be no chance: see <see cref="TrialRules"/>.
    /// </summary>
    [Range(0.0, 1.0)]
    public double MaxErrorsOver { get; set; } = 0.05;

    /// <summary>The same for messages and changes that the service refuses for good. Default: 0.2.</summary>
    [Range(0.0, 1.0)]
    public double MaxRejectionsOver { get; set; } = 0.2;

    /// <summary>Calls longer ago than this are not counted. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);
}
