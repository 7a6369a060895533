using System.Text.RegularExpressions;
using CxOrchestrator.NodeRig.Mail;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.NodeRig.Work;

namespace CxOrchestrator.NodeRig.Stops;

/// <summary>Holds what the product knows at the end against what the mail server has taken, the shop has posted and the CRM was told.</summary>
/// <param name="fleet">The nodes, which have been stopped.</param>
/// <param name="taken">What the mail server has taken.</param>
/// <param name="orders">Orders that were acknowledged.</param>
/// <param name="stops">What was stopped.</param>
/// <param name="falls">Nodes that ended by themselves, with what they said.</param>
public sealed partial class HardStopJudge(
    Fleet fleet, IReadOnlyList<TakenMail> taken, IReadOnlyList<string> orders, IReadOnlyList<DoneStop> stops,
    IReadOnlyList<(int Node, DateTimeOffset At, string Said)> falls)
{
    private const int Shown = 10;

    // A message is on its way for as long as the guard lets a call run, at most.
    private static readonly TimeSpan LongestOnTheWay = TimeSpan.FromSeconds(30);

    // A node takes some seconds to start, and finds the database away all the while.
    private static readonly TimeSpan AfterDatabase = TimeSpan.FromSeconds(30);

    private readonly List<string> _faults = [];
    private readonly HashSet<string> _taken = [.. taken.Select(mail => mail.Key)];

    /// <summary>Judges.</summary>
    /// <param name="seed">What all chance came from.</param>
    /// <param name="sends">Messages that were owed.</param>
    /// <param name="oneEach">True where each customer was owed one message, false where each order was.</param>
    public async Task<HardStopReport> JudgeAsync(int seed, int sends, bool oneEach)
    {
        var rows = await new StoredRows(fleet).DeliveriesAsync();
        Rows(rows, sends);
        Mail(rows.ToDictionary(row => row.Key));
        Some("got more than one message", taken.GroupBy(mail => oneEach ? mail.Recipient : mail.Subject).Where(group => group.Count() > 1).Select(group => $"{group.Key} from {Senders(group)}"));
        await EventsAsync(rows);
        var told = await WriteBacksAsync(rows);
        var doubtful = rows.Where(row => row.Unknown).Select(Doubtful).ToList();
        var most = 2 * stops.Sum(stop => stop.Open);
        if (doubtful.Count > most)
            _faults.Add($"{doubtful.Count} messages are in doubt; at most {most} may be");
        Some("in doubt although nothing was stopped while it was on its way", doubtful.Where(one => one.Cause is null).Select(one => $"{one.Key}: {one.Reason}"));
        await ListedAsync(doubtful);
        Falls();
        await BooksAsync();
        return new HardStopReport
        {
            Seed = seed, Accepted = rows.Count(row => row.Accepted), Doubtful = doubtful, MostDoubtful = most, Falls = falls.Count, ToldAgain = told,
            Stops = stops.GroupBy(stop => stop.Kind).ToDictionary(group => group.Key, group => group.Count()), Faults = _faults,
        };
    }

    private void Rows(IReadOnlyList<LedgerRow> rows, int sends)
    {
        if (rows.Count != sends)
            _faults.Add($"{sends} messages were owed, and the ledger has {rows.Count}");
        Some("neither accepted nor in doubt", rows.Where(row => !row.Accepted && !row.Unknown).Select(row => $"{row.Key} is in state {row.State}: {row.Reason}"));
    }

    private void Mail(Dictionary<string, LedgerRow> ledger)
    {
        Some("taken twice", taken.GroupBy(mail => mail.Key).Where(group => group.Count() > 1).Select(group => $"{group.Key} by {Senders(group)}"));
        Some("accepted, and not at the mail server", ledger.Values.Where(row => row.Accepted && !_taken.Contains(row.Key)).Select(row => row.Key));
        Some("at the mail server, and neither accepted nor in doubt", _taken.Where(key => !(ledger.GetValueOrDefault(key) is { } row && (row.Accepted || row.Unknown))));
        Some("at the mail server for somebody else", taken.Where(mail => ledger.GetValueOrDefault(mail.Key) is { } row && row.Recipient != mail.Recipient).Select(mail => mail.Key));
    }

    private async Task EventsAsync(IReadOnlyList<LedgerRow> rows)
    {
        var posted = (await new StoredRows(fleet).EventsAsync("shop")).ToDictionary(one => one.Id, one => one.Processed);
        Some("orders that were acknowledged and are gone", orders.Where(order => !posted.ContainsKey(order)));
        var own = (await new StoredRows(fleet).EventsAsync("cxo")).ToDictionary(one => one.Id, one => one.Processed);
        Some("accepted without an event that says so", rows.Where(row => row.Accepted && !own.ContainsKey($"delivery/{row.Key}/accepted")).Select(row => row.Key));
        Some("events that nobody has decided on", posted.Concat(own).Where(one => !one.Value).Select(one => one.Key));
    }

    private async Task<int> WriteBacksAsync(IReadOnlyList<LedgerRow> rows)
    {
        const int writtenState = 1;
        var owed = (await new StoredRows(fleet).WriteBacksAsync()).ToDictionary(one => one.Key, one => one.State);
        Some("accepted without a write-back that is written", rows.Where(row => row.Accepted && owed.GetValueOrDefault(row.Key, -1) != writtenState).Select(row => row.Key));
        Some("a write-back for what was not accepted", owed.Keys.Except(rows.Where(row => row.Accepted).Select(row => row.Key)));
        var told = CrmKeys();
        Some("written back, and the CRM doesn't have it", owed.Where(one => one.Value == writtenState && !told.ContainsKey(one.Key)).Select(one => one.Key));
        return told.Values.Count(times => times > 1);
    }

    private DoubtfulMail Doubtful(LedgerRow row)
    {
        var at = row.HandedOverAt is { } handedOver ? fleet.RealTime(handedOver) : DateTimeOffset.MinValue;
        var stop = stops.Where(stop => stop.At >= at && stop.At - at <= LongestOnTheWay).MinBy(stop => stop.At);
        return new DoubtfulMail(row.Key, row.Reason, _taken.Contains(row.Key), stop?.Kind, stop is null ? TimeSpan.Zero : stop.At - at);
    }

    private async Task ListedAsync(List<DoubtfulMail> doubtful)
    {
        var listed = await fleet.DoAsync("deliveries", "list", "--state", "unknown", "--limit", "1000000");
        var lines = listed.Split('\n').Where(line => KeyInText().IsMatch(line)).ToDictionary(line => KeyInText().Match(line).Value);
        Some("in doubt and not listed with its reason", doubtful
            .Where(one => one.Reason.Length == 0 || !lines.TryGetValue(one.Key, out var line) || !line.Contains(one.Reason[..Math.Min(30, one.Reason.Length)], StringComparison.Ordinal))
            .Select(one => $"{one.Key}: {one.Reason}"));
        if (lines.Count != doubtful.Count)
            _faults.Add($"{lines.Count} deliveries are listed as unknown, and {doubtful.Count} are");
    }

    private void Falls() => Some("nodes that ended by themselves although the database was there", falls
        .Where(fall => !stops.Any(stop => stop.Kind == StopKind.Database && (fall.At - stop.At).Duration() <= AfterDatabase))
        .Select(fall => $"node {fall.Node + 1} at {fall.At:T}:\n{fall.Said}"));

    private async Task BooksAsync()
    {
        var (exitCode, said) = await fleet.TryAsync("books");
        if (exitCode != 0)
            _faults.Add($"the books don't balance:\n{said}");
    }

    // The sandbox's CRM writes one line for each change that it is told and doesn't have; each node has a sandbox of its own.
    private Dictionary<string, int> CrmKeys()
    {
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var node = 0; node < fleet.Options.Nodes; node++)
        {
            foreach (var file in Directory.EnumerateFiles(fleet.FolderOf(node), "people.ndjson", SearchOption.AllDirectories))
            {
                foreach (var key in File.ReadLines(file).Select(line => MessageKey().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value))
                    keys[key] = keys.GetValueOrDefault(key) + 1;
            }
        }

        return keys;
    }

    private void Some(string what, IEnumerable<string> which)
    {
        var all = which.ToList();
        if (all.Count > 0)
            _faults.Add($"{all.Count} × {what}: {string.Join("; ", all.Take(Shown))}");
    }

    private static string Senders(IEnumerable<TakenMail> mails) => string.Join(", then ", mails.Select(mail => $"{mail.By} at {mail.At:HH:mm:ss.fff}"));

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex KeyInText();

    [GeneratedRegex("\"message/([0-9a-f]{32})\"")]
    private static partial Regex MessageKey();
}
