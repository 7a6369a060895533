using System.Text.Json;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class CalendarsTests
{
    private const string Journey = """
        journey: care
        purpose: service
        calendar: support
        sendIn: business hours
        trigger: { on: order.delivered }
        steps:
          - wait: 1 business day
          - send: hello
        """;

    [Fact]
    public async Task A_calendar_that_a_live_journey_counts_in_can_not_be_taken_out_of_the_settings()
    {
        using var calls = new Calls(Settings(withCalendar: true));
        Write(calls, "content/journeys/care.yaml", Journey);
        Write(calls, "content/messages/hello/en.subject", "Hello");
        Write(calls, "content/messages/hello/en.txt", "Hello {{ customer.name }}");
        var (planned, plan) = await calls.RunAsync("journeys", "publish");
        Assert.True(planned == 0, plan);

        File.WriteAllText(calls.SettingsFile, JsonSerializer.Serialize(Settings(withCalendar: false)));
        var (examined, found) = await calls.RunAsync("doctor");
        Assert.Equal(1, examined);
        Assert.Contains("journey care, version 1, counts in the calendar support, which is not configured", found, StringComparison.Ordinal);
        var (started, refused) = await calls.RunAsync("run");
        Assert.Equal(1, started);
        Assert.Contains("journey care, version 1, counts in the calendar support, which is not configured. Put Calendars:support back into the settings", refused, StringComparison.Ordinal);
        var (validated, faults) = await calls.RunAsync("journeys", "validate");
        Assert.Equal(1, validated);
        Assert.Contains("journeys/care.yaml:3:11: error: There is no calendar 'support'. A calendar is a setting, Calendars:support.", faults, StringComparison.Ordinal);
        Assert.Equal(1, (await calls.RunAsync("journeys", "publish")).ExitCode);
    }

    private static object Settings(bool withCalendar) => new
    {
        Plugins = new { Folder = Calls.BundledPlugins },
        Content = new { Folder = "content", PublishAtStart = false },
        Web = new { Listen = "http://127.0.0.1:0" },
        Calendars = withCalendar ? new { support = new { Hours = new Dictionary<string, string> { ["Monday-Friday"] = "09:00-17:00" } } } : (object)new { },
    };

    private static void Write(Calls calls, string path, string text)
    {
        var file = Path.Combine(calls.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
