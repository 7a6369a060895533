using System.Globalization;
using System.Security.Cryptography;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.NodeRig.Nodes;

/// <summary>The nodes of one installation, each a process with a folder of its own, over one store.</summary>
public sealed class Fleet : IDisposable
{
    private const int LinesShown = 12;
    private const int LettersShown = 300;

    private static readonly TimeSpan VerbLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly NodeProcess?[] _processes;
    private readonly Lock _gate = new();
    private int _verbs;

    /// <summary>Lays out the folders; nothing runs yet.</summary>
    public Fleet(FleetOptions options)
    {
        Options = options;
        EventKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
        _environment["CXO_RIG_EVENTS"] = EventKey;
        if (options.Database is { } database)
            _environment["CXO_RIG_DATABASE"] = database;
        _processes = new NodeProcess?[options.Nodes];
        Urls = [.. Enumerable.Range(0, options.Nodes).Select(_ => new Uri($"http://127.0.0.1:{KeptPort.Next().ToString(CultureInfo.InvariantCulture)}"))];
        Began = TimeProvider.System.GetUtcNow();
        for (var node = 0; node < options.Nodes; node++)
            FleetFiles.Write(FolderOf(node), this, node);
    }

    /// <summary>What they have in common.</summary>
    public FleetOptions Options { get; }

    /// <summary>Where each listens.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    /// <summary>The key of the source <c>shop</c>, which may post events.</summary>
    public string EventKey { get; }

    /// <summary>The key that signs links.</summary>
    internal byte[] LinkKey { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>When customers' time and the machine's were the same.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>The file of the embedded store.</summary>
    public string SqliteFile => Path.Combine(FolderOf(0), "data", "cxo.db");

    /// <summary>Now, in customers' time.</summary>
    public DateTimeOffset Now => Began + ((TimeProvider.System.GetUtcNow() - Began) * Options.Speed);

    /// <summary>What a customers' time is in the machine's.</summary>
    public DateTimeOffset RealTime(DateTimeOffset customers) => Began + ((customers - Began) / Options.Speed);

    /// <summary>The name with which a node greets the mail server.</summary>
    public static string GreetingOf(int node) => $"node-{(node + 1).ToString(CultureInfo.InvariantCulture)}.example";

    /// <summary>The folder of a node.</summary>
    public string FolderOf(int node) => _folder.PathOf($"node-{(node + 1).ToString(CultureInfo.InvariantCulture)}");

    /// <summary>All that a node has printed in all of its lives.</summary>
    public string LogOf(int node) => Path.Combine(FolderOf(node), "log");

    /// <summary>Memory that a node holds, in bytes; null where it doesn't run.</summary>
    public long? ResidentOf(int node) => _processes[node]?.Resident;

    /// <summary>Processor time that a node has used in this life; null where it doesn't run.</summary>
    public TimeSpan? ProcessorOf(int node) => _processes[node]?.Processor;

    /// <summary>Runs a verb in the folder of the first node; it must succeed.</summary>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"cxo {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
    }

    /// <summary>Runs a verb in the folder of the first node.</summary>
    public async Task<(int ExitCode, string Output)> TryAsync(params string[] arguments)
    {
        var said = _folder.PathOf($"verb-{Interlocked.Increment(ref _verbs).ToString(CultureInfo.InvariantCulture)}");
        using var process = NodeProcess.Start(FolderOf(0), said, _environment, arguments);
        var exitCode = await process.EndAsync(VerbLimit);
        return (exitCode, await File.ReadAllTextAsync(said));
    }

    /// <summary>Starts a node, without waiting for it to be up.</summary>
    public void Start(int node)
    {
        lock (_gate)
        {
            _processes[node]?.Dispose();
            _processes[node] = NodeProcess.Start(FolderOf(node), LogOf(node), _environment, "run");
        }
    }

    /// <summary>Ends a node as a power cut would.</summary>
    public void Kill(int node)
    {
        lock (_gate)
            _processes[node]?.Kill();
    }

    /// <summary>Nodes that run no more although nobody has killed them.</summary>
    public IReadOnlyList<int> Fallen()
    {
        lock (_gate)
            return [.. Enumerable.Range(0, _processes.Length).Where(node => _processes[node]?.Ended == true)];
    }

    /// <summary>Waits until a node's pages answer.</summary>
    public async Task ListeningAsync(int node)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Urls[node], "/health"), limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                if (_processes[node]?.Ended != false)
                    throw new InvalidOperationException($"Node {node + 1} ended instead of listening:\n{Tail(node)}");
                await Task.Delay(50, limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Node {node + 1} doesn't listen:\n{Tail(node)}");
            }
        }
    }

    /// <summary>Stops all nodes as an operator does, and waits until they have ended.</summary>
    public async Task StopAsync()
    {
        foreach (var process in _processes.OfType<NodeProcess>())
            await process.AskToStopAsync();
        foreach (var process in _processes.OfType<NodeProcess>())
            await process.EndAsync(VerbLimit);
    }

    /// <summary>The last lines that a node has printed, each cut short.</summary>
    public string Tail(int node) =>
        File.Exists(LogOf(node)) ? string.Join('\n', File.ReadLines(LogOf(node)).TakeLast(LinesShown).Select(line => line[..Math.Min(line.Length, LettersShown)])) : "";

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes)
            process?.Dispose();
        if (Environment.GetEnvironmentVariable("CXO_RIG_KEEP") != "1")
            _folder.Dispose();
    }
}
