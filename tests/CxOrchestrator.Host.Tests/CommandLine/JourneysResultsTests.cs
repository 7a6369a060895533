using System.Text.Json;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class JourneysResultsTests
{
    private const string Journey = """
        journey: spring
        purpose: service
        trigger: { on: order.delivered }
        goal: { on: order.placed }
        steps:
          - split: words
            variants: [ { variant: short, steps: [ { wait: 1d } ] }, { variant: long, weight: 3 } ]
            holdOut: 20%
            winner: { metric: goal, minimumSample: 500 }
        """;

    [Fact]
    public async Task A_split_shows_its_variants_who_is_held_out_and_why_none_has_won()
    {
        using var calls = await WithJourneyAsync(Journey);

        var (exitCode, output) = await calls.RunAsync("journeys", "results", "spring");

        Assert.True(exitCode == 0, output);
        Assert.Contains("spring, split words (ranges hold with 95%, however often you look)", output, StringComparison.Ordinal);
        Assert.Matches(@"short\s+│ 20%\s+│ 0", output);
        Assert.Matches(@"long\s+│ 60%\s+│ 0", output);
        Assert.Matches(@"hold-out\s+│ 20%\s+│ 0", output);
        Assert.Contains("No winner yet: short has had 0 people; 500 are needed.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_same()
    {
        using var calls = await WithJourneyAsync(Journey);

        var (exitCode, output) = await calls.RunAsync("journeys", "results", "spring", "--json");

        Assert.True(exitCode == 0, output);
        var report = JsonDocument.Parse(output).RootElement[0];
        Assert.Equal(("words", "goal", 0.95), (report.GetProperty("split").GetString(), report.GetProperty("metric").GetString(), report.GetProperty("confidence").GetDouble()));
        Assert.Equal(["short", "long", "hold-out"], report.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("variant").GetString()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("winner").ValueKind);
    }

    [Fact]
    public async Task A_journey_that_is_not_there_or_has_no_split_is_said_so()
    {
        using var calls = await WithJourneyAsync("journey: plain\npurpose: service\ntrigger: { on: order.delivered }\nsteps: [ { wait: 1d } ]\n");

        Assert.Equal((0, "plain has no split."), await ResultsAsync("plain"));
        Assert.Equal((1, "No journey spring is published. See: journeys list"), await ResultsAsync("spring"));

        async Task<(int, string)> ResultsAsync(string journey)
        {
            var (exitCode, output) = await calls.RunAsync("journeys", "results", journey);
            return (exitCode, output.Trim());
        }
    }

    private static async Task<Calls> WithJourneyAsync(string journey)
    {
        var calls = new Calls(new { Content = new { Folder = "content" }, Events = new { Types = new[] { "order.delivered", "order.placed" } } });
        Directory.CreateDirectory(Path.Combine(calls.Folder, "content", "journeys"));
        await File.WriteAllTextAsync(Path.Combine(calls.Folder, "content", "journeys", "one.yaml"), journey);
        var (exitCode, output) = await calls.RunAsync("journeys", "publish");
        Assert.True(exitCode == 0, output);
        return calls;
    }
}
