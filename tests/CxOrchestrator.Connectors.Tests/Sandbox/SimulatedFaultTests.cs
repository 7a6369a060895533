using CxOrchestrator.Plugins.Sandbox;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Sandbox;

public sealed class SimulatedFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_share_of_messages_is_put_off_at_their_first_try_only()
    {
        await using var sandbox = Open(new SandboxSettings { DeferRate = 0.3 });
        var messages = Enumerable.Range(0, 200).Select(i => AnEmail().Key($"d-{i}").Build()).ToList();

        var first = await SendAsync(sandbox, messages);
        var second = await SendAsync(sandbox, messages);

        Assert.InRange(first.Count(result => result is SendDeferred), 40, 80);
        Assert.All(second, result => Assert.IsType<SendAccepted>(result));
    }

    [Fact]
    public async Task A_share_of_messages_is_refused_the_same_ones_every_time()
    {
        await using var sandbox = Open(new SandboxSettings { RejectRate = 0.2 });
        var messages = Enumerable.Range(0, 200).Select(i => AnEmail().Key($"d-{i}").Build()).ToList();

        var first = await SendAsync(sandbox, messages);
        Assert.InRange(first.Count(result => result is SendRejected), 20, 60);
        Assert.Equal(first, await SendAsync(sandbox, messages));
    }

    [Fact]
    public async Task Tickets_stay_as_they_are_where_no_agent_is_asked_for()
    {
        var time = new ManualTimeProvider();
        await using var sandbox = Open(new SandboxSettings(), time);
        await sandbox.CreateAsync(ATicket(), default);
        time.Advance(TimeSpan.FromDays(400));

        Assert.Empty((await sandbox.PollAsync(null, default)).Items);
    }

    [Fact]
    public async Task The_simulated_agents_work_in_order_and_only_once_also_over_a_restart()
    {
        var time = new ManualTimeProvider();
        var settings = new SandboxSettings { SolveTicketsAfterHours = 4 };
        await using (var sandbox = Open(settings, time))
        {
            await sandbox.CreateAsync(ATicket("one"), default);
            time.Advance(TimeSpan.FromHours(3));
            await sandbox.CreateAsync(ATicket("two"), default);
            time.Advance(TimeSpan.FromHours(2));
            Assert.Equal(["T-1/solved"], (await sandbox.PollAsync(null, default)).Items.Select(told => told.Id));
        }

        await using var again = Open(settings, time);
        time.Advance(TimeSpan.FromHours(5));
        var told = (await again.PollAsync(null, default)).Items;
        Assert.Equal(["T-1/solved", "T-2/solved"], told.Select(item => item.Id));
        Assert.Equal(new ManualTimeProvider().GetUtcNow().AddHours(7), told[1].Time);
        Assert.Equal("two", told[1].Data.GetProperty("subject").GetString());
    }

    private SandboxConnector Open(SandboxSettings settings, TimeProvider? time = null) =>
        new(new ConnectionContext("sandbox", _folder.Path, time ?? new ManualTimeProvider(), new RecordingLog()), settings);

    private static async Task<List<SendResult>> SendAsync(SandboxConnector sandbox, List<EmailMessage> messages)
    {
        var results = new List<SendResult>();
        foreach (var message in messages)
        {
            results.Add(await sandbox.SendAsync(message, default));
        }

        return results;
    }
}
