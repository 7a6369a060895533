namespace CxOrchestrator.Plugins.Tests.Connections;

public sealed class SecretsOfConnectionsTests : IDisposable
{
    private const string Secret = "hunter2/and=more";
    private readonly string _variable = $"CXO_TEST_{Guid.NewGuid():N}";

    public SecretsOfConnectionsTests() => Environment.SetEnvironmentVariable(_variable, Secret);

    [Fact]
    public async Task A_secret_that_a_connector_gives_away_shows_in_no_reason_no_state_and_no_log()
    {
        await using var host = await (await new AHost().WithPluginsAsync("throws-from-every-call", "well-behaved"))
            .With("Guard:FailuresToOpen", "1")
            .With("Guard:ReadRetries", "0")
            .WithConnection("talkative", "throws-from-every-call", "Settings:ApiKey", $"env:{_variable}")
            .WithConnection("logging", "well-behaved", "Settings:ApiKey", $"env:{_variable}")
            .LoadedAsync();

        var failed = await host.Connections.SendSmsAsync("talkative", to: "nobody");
        await host.Host.ProbeAllAsync(CancellationToken.None);
        Assert.NotNull((await host.Connections.SendSmsAsync("logging")).Receipt());

        Assert.Equal(
            "the connection \"talkative\" failed: InvalidOperationException: the service refused nobody with key=•••••• ← IOException: GET /v1?key=••••••",
            failed.FailedBecause());
        Assert.Contains("key=••••••", host.Report("talkative").Reason, StringComparison.Ordinal);
        Assert.Contains(host.Log.Lines, line => line.Contains("Signing in with ••••••", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    public void Dispose() => Environment.SetEnvironmentVariable(_variable, null);
}
