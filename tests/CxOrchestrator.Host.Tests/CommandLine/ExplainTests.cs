using System.Text.Json;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class ExplainTests
{
    [Fact]
    public async Task A_customer_who_was_imported_is_told_why_nothing_came_and_what_there_is()
    {
        using var calls = await AnInstallation.WithAnnaAsync();

        var (exitCode, output) = await calls.RunAsync("explain", "--customer", "anna@example.test", "--journey", "post-delivery-nps");

        Assert.True(exitCode == 0, output);
        Assert.Contains("Anna did not get", output, StringComparison.Ordinal);
        Assert.Contains("no order.delivered came, which begins it; no event at all came", output, StringComparison.Ordinal);
        Assert.Contains("Outcome: NeverTriggered", output, StringComparison.Ordinal);
        Assert.Contains("The journey post-delivery-nps", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_phone_and_the_id_find_them_too_and_json_is_whole()
    {
        using var calls = await AnInstallation.WithAnnaAsync();

        foreach (var who in new[] { "+447700900123", "shop:a1" })
        {
            var (exitCode, output) = await calls.RunAsync("explain", "--customer", who, "--journey", "post-delivery-nps", "--json");
            Assert.Equal(0, exitCode);
            Assert.Equal("neverTriggered", JsonDocument.Parse(output).RootElement.GetProperty("outcome").GetString());
        }
    }

    [Theory]
    [InlineData("--journey post-delivry-nps", "Did you mean 'post-delivery-nps'?")]
    [InlineData("--journey post-delivery-nps --event shop/404", "no event shop/404 is stored")]
    [InlineData("--journey post-delivery-nps --event 404", "write its source and its id there")]
    public async Task What_is_not_known_is_said_and_the_exit_code_says_so(string rest, string said)
    {
        using var calls = await AnInstallation.WithAnnaAsync();

        var (exitCode, output) = await calls.RunAsync(["explain", "--customer", "shop:a1", .. rest.Split(' ')]);

        Assert.Equal(1, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }
}
