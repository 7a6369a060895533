using System.Globalization;
using CxOrchestrator.NodeRig.Nodes;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>Errors that nodes have logged, and whether a fault of that moment explains them.</summary>
internal static class LoggedErrors
{
    // Calls that were begun in a fault come to their time limit after it, and loops rest up to half a minute after errors.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(45);

    /// <summary>How many there are, and those that no fault explains.</summary>
    public static (int All, IReadOnlyList<string> Unexplained) Read(Fleet fleet, IReadOnlyList<SoakFault> faults)
    {
        var all = 0;
        var unexplained = new List<string>();
        for (var node = 0; node < fleet.Options.Nodes; node++)
        {
            foreach (var line in File.ReadLines(fleet.LogOf(node)))
            {
                if (TimeOfError(line) is not { } at)
                    continue;
                all++;
                if (!faults.Any(fault => at >= fault.From.AddSeconds(-1) && at <= fault.To + Grace))
                    unexplained.Add($"node {node + 1}: {line[..Math.Min(400, line.Length)]}");
            }
        }

        return (all, unexplained);
    }

    // 2026-11-22T02:53:21.892Z fail: ...
    private static DateTimeOffset? TimeOfError(string line)
    {
        var words = line.Split(' ', 3);
        return words.Length == 3 && words[1] is "fail:" or "crit:"
            && DateTimeOffset.TryParse(words[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }
}
