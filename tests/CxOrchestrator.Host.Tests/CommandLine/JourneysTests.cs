using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Host.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class JourneysTests
{
    private const string First = """
        journey: j
        purpose: service
        trigger: { on: order.delivered }
        steps:
          - { wait: 4d, id: start }
          - { send: hello, id: greet }
        """;

    private const string Second = """
        journey: j
        purpose: service
        trigger: { on: order.delivered, within: 2d }
        moves: [ { from: start, to: calm } ]
        steps:
          - { wait: 6d, id: calm }
          - { send: hello, id: greet }
        """;

    private readonly List<Guid> _walks = [];

    [Fact]
    public async Task A_plan_shows_what_changes_and_whom_it_moves_and_is_carried_out_by_its_name()
    {
        using var calls = await WithPeopleAsync(3);
        var file = await WriteAsync(calls, Second);

        var (code, shown) = await calls.RunAsync("journeys", "plan", file);
        Assert.True(code == 0, shown);
        foreach (var part in new[] { "version 1 is in force; this would be version 2", "trigger: order.delivered → order.delivered within 2d", "calm", "added", "removed", "go on at step calm of version 2", "3 people are in the middle of it: 3 go on" })
            Assert.Contains(part, shown, StringComparison.Ordinal);
        var id = shown.Split("--plan ")[1].Split()[0];

        var (refused, why) = await calls.RunAsync("journeys", "publish", file, "--plan", id, "--move", "start=stay");
        Assert.Equal((1, true), (refused, why.Contains($"no longer the plan {id}", StringComparison.Ordinal)));
        var (published, told) = await calls.RunAsync("journeys", "publish", file, "--plan", id);
        Assert.True(published == 0, told);
        Assert.Contains("3 go on in the new version", told, StringComparison.Ordinal);
        Assert.Equal(["calm", "calm", "calm"], (await WalksAsync(calls)).Select(walk => walk.StepId));
        Assert.Contains("Nothing to publish.", (await calls.RunAsync("journeys", "publish", file)).Output, StringComparison.Ordinal);

        var (back, words) = await calls.RunAsync("journeys", "rollback", "j");
        Assert.True(back == 0, words);
        Assert.Contains("3 stand where they stood before", words, StringComparison.Ordinal);
        Assert.Equal(["start", "start", "start"], (await WalksAsync(calls)).Select(walk => walk.StepId));
        Assert.Contains("is left as it is: its file is the version that was rolled back", (await calls.RunAsync("journeys", "publish")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_moves_are_told_with_line_and_column_and_options_with_what_was_written()
    {
        using var calls = await WithPeopleAsync(1);
        var file = await WriteAsync(calls, Second.Replace("to: calm", "to: clam", StringComparison.Ordinal));
        var (code, output) = await calls.RunAsync("journeys", "plan", file);
        Assert.Equal(1, code);
        Assert.Contains("journeys/j.yaml:4:29: error: This journey has no step 'clam'. Did you mean 'calm'?", output, StringComparison.Ordinal);

        file = await WriteAsync(calls, Second);
        Assert.Contains("write STEP=TO", (await calls.RunAsync("journeys", "plan", file, "--move", "start")).Output, StringComparison.Ordinal);
        var (wrong, said) = await calls.RunAsync("journeys", "plan", file, "--move", "strat=exit:no more");
        Assert.Equal(1, wrong);
        Assert.Contains("Did you mean 'start'?", said, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await calls.RunAsync("journeys", "plan", file, "--json", "--move", "start@1=exit:no more")).Output);
        Assert.Equal((0, 1), (json.RootElement.GetProperty("moving").GetInt32(), json.RootElement.GetProperty("leaving").GetInt32()));
    }

    [Fact]
    public async Task A_journey_is_paused_resumed_drained_and_stopped_and_the_list_says_so()
    {
        using var calls = await WithPeopleAsync(2);
        Assert.Contains("paused by Kim since", (await calls.RunAsync("journeys", "pause", "j", "--by", "Kim", "--why", "a wrong price")).Output, StringComparison.Ordinal);
        Assert.Contains("a wrong price", (await calls.RunAsync("journeys", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await calls.RunAsync("journeys", "pause", "j")).ExitCode);
        Assert.Equal(0, (await calls.RunAsync("journeys", "resume", "j")).ExitCode);
        Assert.Contains("j is live", (await calls.RunAsync("journeys", "resume", "j")).Output, StringComparison.Ordinal);

        await calls.RunAsync("journeys", "pause", "j");
        await LateAsync(calls);
        var (asks, how) = await calls.RunAsync("journeys", "resume", "j");
        Assert.Equal((1, true), (asks, how.Contains("2 walks of j are late", StringComparison.Ordinal) && how.Contains("--late send", StringComparison.Ordinal)));
        var (typed, asked) = await calls.TypeAsync(["send"], "journeys", "resume", "j");
        Assert.True(typed == 0, asked);

        Assert.Contains("closed to newcomers", (await calls.RunAsync("journeys", "drain", "j")).Output, StringComparison.Ordinal);
        Assert.Contains("2 walks and planned messages were ended", (await calls.RunAsync("journeys", "stop", "j")).Output, StringComparison.Ordinal);
        Assert.All(await WalksAsync(calls), walk => Assert.Equal(EnrolmentState.Exited, walk.State));
        Assert.Equal(1, (await calls.RunAsync("journeys", "pause", "j")).ExitCode);
        Assert.Contains("Did you mean 'j'?", (await calls.RunAsync("journeys", "stop", "jj")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journey_whose_file_is_gone_stays_in_force_and_the_list_says_that_it_has_none()
    {
        using var calls = await WithPeopleAsync(1);
        File.Delete(Path.Combine(calls.Folder, "content", "journeys", "j.yaml"));
        Assert.Equal(0, (await calls.RunAsync("journeys", "publish")).ExitCode);
        Assert.Contains("live; no file in the content folder", (await calls.RunAsync("journeys", "list")).Output, StringComparison.Ordinal);
    }

    // People who stand in the first wait of the first version.
    private async Task<Calls> WithPeopleAsync(int people)
    {
        var calls = new Calls(new { Plugins = new { Folder = Calls.BundledPlugins }, Content = new { Folder = "content" } });
        var content = Path.Combine(calls.Folder, "content");
        Directory.CreateDirectory(Path.Combine(content, "messages", "hello"));
        await File.WriteAllTextAsync(Path.Combine(content, "messages", "hello", "en.subject"), "Hello");
        await File.WriteAllTextAsync(Path.Combine(content, "messages", "hello", "en.txt"), "Hello.");
        await WriteAsync(calls, First);
        var (code, output) = await calls.RunAsync("journeys", "publish");
        Assert.True(code == 0, output);
        await StoreAsync(calls, services =>
        {
            var now = services.GetRequiredService<Clocks>().Now;
            var walks = Enumerable.Range(0, people).Select(_ => new Enrolment
            {
                Id = Guid.CreateVersion7(), CustomerId = Guid.CreateVersion7(), Journey = "j", Version = 1, EntryKey = "once", StepId = "start", Entered = true,
                DueAt = now.AddDays(4), Context = new EnrolmentContext(), StartedAt = now, Reason = "waits",
            }).ToList();
            _walks.AddRange(walks.Select(walk => walk.Id));
            return services.GetRequiredService<IWork>().CommitAsync(new Effects { Enrolments = [.. walks.Select(walk => new Enrol(walk, null))] }, CancellationToken.None);
        });
        return calls;
    }

    // As the engine holds them, of two days ago.
    private Task LateAsync(Calls calls) => StoreAsync(calls, async services =>
    {
        var walks = await WalksAsync(services);
        var late = walks.Select(walk => walk with { DueAt = services.GetRequiredService<Clocks>().Now.AddDays(-2) }).ToList();
        await services.GetRequiredService<IWork>().CommitAsync(new Effects { Moves = late }, CancellationToken.None);
        await services.GetRequiredService<Core.Publishing.IJourneyStateStore>().HoldWalksAsync([.. late.Select(walk => walk with { Revision = walk.Revision + 1 })], CancellationToken.None);
        return true;
    });

    private static async Task<string> WriteAsync(Calls calls, string text)
    {
        var file = Path.Combine(calls.Folder, "content", "journeys", "j.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private Task<IReadOnlyCollection<Enrolment>> WalksAsync(Calls calls) => StoreAsync(calls, WalksAsync);

    private async Task<IReadOnlyCollection<Enrolment>> WalksAsync(IServiceProvider services) =>
        [.. (await services.GetRequiredService<IEnrolmentStore>().GetAsync(_walks, CancellationToken.None)).Values];

    private static async Task<T> StoreAsync<T>(Calls calls, Func<IServiceProvider, Task<T>> work)
    {
        await using var installation = Installation.Open(new InstallationPlace(calls.SettingsFile, []));
        return await work(installation.Services);
    }
}
