using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.TestKit;
using Xunit.Abstractions;

namespace CxOrchestrator.EndToEnd.Tests.Promises;

/// <summary>What the README promises of the demo, from an empty folder.</summary>
public sealed partial class DemoTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_month_goes_by_and_the_books_balance()
    {
        using var folder = new TemporaryFolder();
        var url = FreeAddress();
        var began = Stopwatch.GetTimestamp();

        var (exitCode, printed) = await CxoProcess.RunAsync(folder.Path, "demo", "--exit", "--set", $"Web:Listen={url}");

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
        output.WriteLine(printed);
        Assert.Equal(0, exitCode);
        Assert.Contains("The books balance.", printed, StringComparison.Ordinal);
        Assert.Matches(@"NPS [+-]?\d+ from \d+ answers: \d+ promoters, \d+ passives, \d+ detractors", printed);
        Assert.Equal(5, Addresses(printed, url).Count);

        var (booksCode, books) = await CxoProcess.RunAsync(folder.Path, "books", "--json", "--set", "Data:Folder=data/demo");
        Assert.True(booksCode == 0, books);
        var reading = BooksReading.Parse(books);
        Assert.True(reading.Events > 500, books);
        Assert.True(reading.In("accepted") > 500, books);
        Assert.True(reading.Responses > 100, books);
        Assert.NotEqual(0, reading.Cases.Values.Sum());
        Assert.NotEqual(0, reading.WriteBacks["written"]);
    }

    [Fact]
    public async Task It_runs_on_until_it_is_stopped_and_its_addresses_show_pages()
    {
        using var folder = new TemporaryFolder();
        var url = FreeAddress();
        await using var demo = CxoProcess.Start(folder.Path, "demo", "--set", $"Web:Listen={url}");
        var began = Stopwatch.GetTimestamp();
        while (!demo.Output.Contains("Running on in real time.", StringComparison.Ordinal))
        {
            Assert.False(demo.Ended, demo.Output);
            Assert.True(Stopwatch.GetElapsedTime(began) < Limit, demo.Output);
            await Task.Delay(200);
        }

        using var http = new HttpClient();
        var addresses = Addresses(demo.Output, url);
        Assert.Equal(5, addresses.Count);
        foreach (var address in addresses)
        {
            using var answer = await http.GetAsync(address);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
        }

        Assert.False(demo.Ended);
        Assert.Equal(0, await demo.StopAsync());
    }

    // The table of places to look at.
    private static List<Uri> Addresses(string printed, string url) =>
        [.. Address().Matches(printed).Select(match => match.Value).Where(address => address.StartsWith($"{url}/", StringComparison.Ordinal)).Distinct().Select(address => new Uri(address))];

    private static string FreeAddress() => $"http://127.0.0.1:{KeptPort.Next().ToString(CultureInfo.InvariantCulture)}";

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/[^\s│]*")]
    private static partial Regex Address();
}
