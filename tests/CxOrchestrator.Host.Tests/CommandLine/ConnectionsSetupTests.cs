using CxOrchestrator.Core.Connections;
using CxOrchestrator.Host.CommandLine;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Sdk;
using CxOrchestrator.TestKit;
using Spectre.Console;

namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class ConnectionsSetupTests : IDisposable
{
    private readonly FakeService _service = new();
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task What_is_missing_is_listed_with_what_to_do_and_fails_while_it_is_required()
    {
        Assert.Equal(1, await RunAsync());

        Assert.Matches("Table cxo_answer.*Missing.*Import the solution", _output.ToString());
        Assert.Matches(@"Privilege prvReadContact.*Unclear.*Grant it", _output.ToString());
        Assert.Matches(@"Change tracking.*Missing \(optional\).*Changes are found more slowly", _output.ToString());
        Assert.Contains("2 required items not there. Run it with --create to make what can be made.", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_service.Created);
    }

    [Fact]
    public async Task What_can_be_made_is_made_in_order_and_looked_at_again()
    {
        _service.Items[1] = _service.Items[1] with { State = SetupState.Present };

        Assert.Equal(0, await RunAsync(create: true));

        Assert.Equal(["table", "column"], _service.Created);
        Assert.Contains("made Table cxo_answer", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("All that is required is there.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_made_says_why_and_keeps_nothing_else_from_being_made()
    {
        _service.OnCreate = id => id == "table" ? WriteResult.Refused("403", "no privilege") : WriteResult.Written(id);

        Assert.Equal(1, await RunAsync(create: true));

        Assert.Contains("not made Table cxo_answer: 403 no privilege", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["table", "column"], _service.Created);
    }

    [Fact]
    public async Task The_description_is_written_to_the_file()
    {
        var file = _folder.PathOf("solution.zip");

        await RunAsync(output: file);

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(file));
        Assert.Contains("can't be written", (await Assert.ThrowsAsync<UserException>(() => RunAsync(output: "/dev/null/x"))).Message, StringComparison.Ordinal);
        _service.Description = null;
        Assert.Contains("has no description", (await Assert.ThrowsAsync<UserException>(() => RunAsync(output: file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_not_there_or_needs_nothing_or_is_down_is_told()
    {
        Assert.Contains("There is no connection crn. The settings have: crm, other.", (await Assert.ThrowsAsync<UserException>(() => RunAsync("crn"))).Message, StringComparison.Ordinal);
        Assert.Contains("needs nothing to be set up", (await Assert.ThrowsAsync<UserException>(() => RunAsync("other"))).Message, StringComparison.Ordinal);
        _service.IsDown = true;
        Assert.Contains("crm can't be asked: the breaker is open", (await Assert.ThrowsAsync<UserException>(() => RunAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_is_there()
    {
        using var calls = new Calls(new { Plugins = new { Folder = Calls.BundledPlugins } });

        var (exitCode, output) = await calls.RunAsync("connections", "setup", "sandbox");

        Assert.Equal(1, exitCode);
        Assert.Contains("There is no connection sandbox.", output, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string connection = "crm", bool create = false, string? output = null)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_output) });
        console.Profile.Width = 300;
        return ConnectionsSetup.RunAsync(console, new SetupCalls(_service, connection), create, output, CancellationToken.None);
    }

    private sealed class FakeService : IConnections, ISetup
    {
        private static readonly StateReport Ready = new(ConnectionState.Ready, "", DateTimeOffset.UnixEpoch, "");

        public List<SetupItem> Items { get; } =
        [
            new("table", "Table cxo_answer", SetupState.Missing, "Import the solution.", CanCreate: true),
            new("privilege", "Privilege prvReadContact", SetupState.Unclear, "Grant it."),
            new("column", "Change tracking", SetupState.Missing, "Changes are found more slowly.", CanCreate: true, Optional: true),
        ];

        public List<string> Created { get; } = [];

        public Func<string, WriteResult> OnCreate { get; set; } = WriteResult.Written;

        public SetupFile? Description { get; set; } = new("cxo.zip", new byte[] { 1, 2, 3 });

        public bool IsDown { get; set; }

        public IReadOnlyList<ConnectionStatus> Connections => [new("crm", "crm.x", [Capability.Setup], Ready), new("other", "x", [], Ready)];

        public IReadOnlyList<PluginStatus> Plugins => [];

        public ConnectionStatus? For(Capability capability) => null;

        public bool Accepts(string connection) => true;

        public async Task<CallResult<T>> CallAsync<TCapability, T>(
            string connection, CallKind kind, Func<TCapability, CancellationToken, Task<T>> call, CancellationToken cancellation)
            where TCapability : class =>
            IsDown ? new CallResult<T>.NotCalled("the breaker is open", TimeSpan.Zero) : new CallResult<T>.Answered(await call((TCapability)(object)this, cancellation));

        public Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SetupItem>>([.. Items]);

        public Task<WriteResult> CreateAsync(string itemId, CancellationToken cancellation)
        {
            Created.Add(itemId);
            var result = OnCreate(itemId);
            var index = Items.FindIndex(item => item.Id == itemId);
            if (result is Written)
                Items[index] = Items[index] with { State = SetupState.Present };
            return Task.FromResult(result);
        }

        public Task<SetupFile?> DescribeAsync(CancellationToken cancellation) => Task.FromResult(Description);
    }
}
