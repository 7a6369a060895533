using System.Text;

namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>Keeps findings as files: the first few of each kind, and a count of all.</summary>
internal sealed class FindingsFolder(string path, long seed)
{
    private const int MostOfAKind = 25;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Where they lie.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>How often each kind was met. Ask only once the run has ended, or for a number to show.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>How many there are.</summary>
    public int Total { get; private set; }

    /// <summary>Keeps one.</summary>
    public void Add(Finding finding)
    {
        lock (_counts)
        {
            Total++;
            var count = _counts[finding.Kind] = _counts.GetValueOrDefault(finding.Kind) + 1;
            if (count > MostOfAKind) return;
            Directory.CreateDirectory(Path);
            var name = $"{finding.Kind.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal)}-{seed}-{finding.Number}.txt";
            File.WriteAllText(System.IO.Path.Combine(Path, name),
                $"{finding.Kind}: {finding.Detail}\n\nagain: templates-fuzz --seed {seed} --case {finding.Number}\n\n{finding.Template}\n", Encoding.UTF8);
        }
    }
}
