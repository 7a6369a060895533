using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests;

/// <summary>The list of traps that services set is longer than what anybody remembers: each has a test that is named after it.</summary>
public sealed partial class TrapListTests
{
    [SkippableFact]
    public void Every_trap_of_the_list_has_a_test_that_is_named_after_it()
    {
        var list = File.ReadAllText(Needs.SharedMaterial("connectors.md"));
        var heading = list.IndexOf("## 7. Traps", StringComparison.Ordinal);
        var traps = Numbered().Matches(list[heading..]).Select(match => NumberOf(match)).ToList();
        Assert.Equal(Enumerable.Range(1, 18), traps);

        var tested = Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Named().Matches(File.ReadAllText(file)))
            .Select(NumberOf)
            .ToHashSet();
        Assert.Empty(traps.Except(tested));
    }

    private static int NumberOf(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex Numbered();

    // Behind its attributes, which may be many.
    [GeneratedRegex(@"\[(?:Skippable)?(?:Fact|Theory)\b[^;{}]*?public (?:async Task|void) Trap_(\d+)_[A-Za-z]")]
    private static partial Regex Named();
}
